import { script } from '../../cluster/redisScripts.ts';

/* A snapshot is a hash of `seq`, `json` and `hash`, written in one step. */

/**
 * Keeps a snapshot unless one with a higher number is kept, and lets it live for its whole time again.
 * KEYS snapshot; ARGV seq, json, hash, ttlMs. Returns whether it was kept.
 */
export const KEEP_IF_NEWER = script(`
local kept = tonumber(redis.call('HGET', KEYS[1], 'seq') or '0')
if kept > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'seq', ARGV[1], 'json', ARGV[2], 'hash', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`);

/** KEYS snapshot. Returns json and hash, or nothing. */
export const READ = script(`
local found = redis.call('HMGET', KEYS[1], 'json', 'hash')
if not found[1] or not found[2] then return {} end
return found
`);

/** KEYS snapshot. Returns whether there is one. */
export const EXISTS = script(`return redis.call('EXISTS', KEYS[1])`);

/** KEYS snapshot. Returns whether there was one. */
export const REMOVE = script(`return redis.call('DEL', KEYS[1])`);
