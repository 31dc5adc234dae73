/** A time (epoch ms) as it goes over the wire. */
export const isoTime = (at: number): string => new Date(at).toISOString();
