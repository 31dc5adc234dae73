/** Where things are kept in Redis. Nothing in it is the truth: losing all of it costs a moment, and no event. */
export interface RedisNames {
  /** Set of the ids of all nodes that have not been cleared away. */
  readonly nodes: string;
  /** A node's facts; the key lives as long as the node renews it. */
  node(nodeId: string): string;
  /** Set of the sessions that a node holds. */
  held(nodeId: string): string;
  /** Set of the sessions that somebody with a seat follows at a node. */
  attended(nodeId: string): string;
  /** `<nodeId>:<fence>` of whoever holds a session. */
  lease(sessionId: string): string;
  /** The same for work that is no session. */
  task(name: string): string;
  /** Set of all work that is being done. */
  readonly tasks: string;
  /** The last fence that was given out. */
  readonly fence: string;
  /** Set of the nodes where somebody with a seat follows a session. */
  attendance(sessionId: string): string;
  /** Channel: what happens in a session. */
  session(sessionId: string): string;
  /** Channel: what one node asks of another, and what it is told. */
  calls(nodeId: string): string;
  /** Channel: what every node should know. */
  readonly notices: string;
  /** For scripts, which make names of their own. */
  readonly prefix: string;
}

export function redisNames(prefix: string): RedisNames {
  return {
    prefix,
    nodes: `${prefix}:nodes`,
    fence: `${prefix}:fence`,
    notices: `${prefix}:notices`,
    tasks: `${prefix}:tasks`,
    task: (name) => `${prefix}:task:${name}`,
    node: (nodeId) => `${prefix}:node:${nodeId}`,
    held: (nodeId) => `${prefix}:held:${nodeId}`,
    attended: (nodeId) => `${prefix}:attended:${nodeId}`,
    lease: (sessionId) => `${prefix}:lease:${sessionId}`,
    attendance: (sessionId) => `${prefix}:attendance:${sessionId}`,
    session: (sessionId) => `${prefix}:session:${sessionId}`,
    calls: (nodeId) => `${prefix}:calls:${nodeId}`,
  };
}
