/** What the load generator may ask of the process under test, over its IPC channel. */
export type SubjectRequest =
  | { readonly type: 'memory' }
  | { readonly type: 'startProfile' }
  | { readonly type: 'stopProfile'; readonly file: string };

/** What the process under test says. Replies come in the order of the requests. */
export type SubjectMessage =
  | { readonly type: 'ready'; readonly port: number; readonly childPid: number | null }
  | { readonly type: 'memory'; readonly heapBytes: number; readonly rssBytes: number }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly message: string };
