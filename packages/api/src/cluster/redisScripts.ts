import { createHash } from 'node:crypto';

/** A step that Redis takes as a whole. */
export interface RedisScript {
  readonly text: string;
  readonly sha: string;
}

export function script(text: string): RedisScript {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/*
 * Some names are made inside (the node that a lease names is known there only), so all keys must be on one server:
 * Redis alone or with replicas, not Redis Cluster.
 */

/**
 * Registers a node, or renews it: a node whose key has gone may not simply go on, for others may have its sessions.
 * KEYS nodes, node; ARGV prefix, nodeId, facts, ttlMs, 'join' or 'renew'.
 * Returns whether it is registered, then id and facts of every node, with empty facts for one that is gone.
 */
export const BEAT = script(`
if ARGV[5] == 'join' then
  redis.call('SADD', KEYS[1], ARGV[2])
elseif redis.call('EXISTS', KEYS[2]) == 0 then
  return {'0'}
end
redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
local found = {'1'}
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  found[#found + 1] = id
  found[#found + 1] = redis.call('GET', ARGV[1] .. ':node:' .. id) or ''
end
return found
`);

/**
 * Gives a session to a node unless a living one has it. The fence grows for ever, even if Redis forgets everything,
 * because it never falls behind the time.
 * KEYS lease, node, held, fence; ARGV prefix, nodeId, sessionId, takeFrom or ''.
 * Returns 'granted', fence, node that had it or '' / 'held', nodeId / 'gone' when the asking node is not registered.
 */
export const ACQUIRE = script(`
if redis.call('EXISTS', KEYS[2]) == 0 then return {'gone', ''} end
local lease = redis.call('GET', KEYS[1])
local before = ''
if lease then
  local fence
  before, fence = string.match(lease, '^(.-):(%d+)$')
  if before == ARGV[2] then return {'granted', fence, ''} end
  if before ~= ARGV[4] and redis.call('EXISTS', ARGV[1] .. ':node:' .. before) == 1 then
    return {'held', before}
  end
  redis.call('SREM', ARGV[1] .. ':held:' .. before, ARGV[3])
end
local time = redis.call('TIME')
local last = tonumber(redis.call('GET', KEYS[4]) or '0')
local fence = string.format('%.0f', math.max(last + 1, time[1] * 1000000 + time[2]))
redis.call('SET', KEYS[4], fence)
redis.call('SET', KEYS[1], ARGV[2] .. ':' .. fence)
redis.call('SADD', KEYS[3], ARGV[3])
return {'granted', fence, before}
`);

/** Gives a lease back, if it is still the same one. KEYS lease, held; ARGV lease's value, sessionId. */
export const RELEASE = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
redis.call('SREM', KEYS[2], ARGV[2])
return 1
`);

/** Somebody with a seat follows a session here. KEYS attendance, attended; ARGV nodeId, sessionId. */
export const ATTEND = script(`
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('SADD', KEYS[2], ARGV[2])
return 1
`);

/**
 * Nobody with a seat follows a session at a node any longer. KEYS attendance, attended; ARGV prefix, nodeId, sessionId.
 * Returns 1 when somebody does at another node that lives.
 */
export const LEAVE = script(`
redis.call('SREM', KEYS[1], ARGV[2])
redis.call('SREM', KEYS[2], ARGV[3])
local others = 0
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if redis.call('EXISTS', ARGV[1] .. ':node:' .. id) == 1 then others = 1
  else redis.call('SREM', KEYS[1], id) end
end
return others
`);

/** Takes a node out that stops: whoever asks gets its sessions at once. KEYS nodes, node, held, attended; ARGV prefix, nodeId. */
export const RESIGN = script(`
for _, id in ipairs(redis.call('SMEMBERS', KEYS[3])) do
  local key = ARGV[1] .. ':lease:' .. id
  local lease = redis.call('GET', key)
  if lease and string.match(lease, '^(.-):%d+$') == ARGV[2] then redis.call('DEL', key) end
end
for _, id in ipairs(redis.call('SMEMBERS', KEYS[4])) do
  redis.call('SREM', ARGV[1] .. ':attendance:' .. id, ARGV[2])
end
redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
redis.call('SREM', KEYS[1], ARGV[2])
return 1
`);

/** Forgets a node that is gone once nothing of it is left to see to. KEYS nodes, held, attended; ARGV nodeId. */
export const CLEAR_AWAY = script(`
if redis.call('SCARD', KEYS[2]) + redis.call('SCARD', KEYS[3]) > 0 then return 0 end
return redis.call('SREM', KEYS[1], ARGV[1])
`);

/** Whether somebody with a seat follows a session at a node that lives. KEYS attendance; ARGV prefix. */
export const ATTENDED = script(`
for _, id in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  if redis.call('EXISTS', ARGV[1] .. ':node:' .. id) == 1 then return 1 end
end
return 0
`);
