/**
 * Plays Foresight against somebody at dusk and prints the scene. What the models of this run said is on a tape, so that it needs no
 * account and no network: `MODEL=replay:examples/demo.jsonl npm start`, then `node examples/demo.ts [address of the server]`.
 */
import { createClient } from '@dcs/api/client';

const MOVES = [
  'I hold the jar against the glass, beside the pipe.\npredict: it reaches out with one arm',
  'I lower the jar on a string until it stands on the gravel.\npredict: it hides in the pipe',
  'I stamp on the floor, twice.',
  '/finish',
];

const client = createClient({ url: process.argv[2] ?? 'http://localhost:5173' });
const { accessKey } = await client.players.register.mutate({
  fullName: 'Demonstration',
  email: 'demo@example.org',
  phoneNumber: '+44 20 7946 0000',
  consentToFollowup: false,
  consentSignature: 'Demonstration',
});
client.signIn(accessKey);
const session = await client.play.start({ game: 'foresight', pc: 'TOV', npc: 'OCT' });
for (const move of MOVES) await session.act(move);
for (const { kind, direction, content, data } of session.transcript) {
  if (kind !== 'message' && data?.['finalScore'] === undefined) continue;
  console.log(`${direction === 'inbound' ? `> ${content.replaceAll('\n', '\n> ')}` : content}\n`);
}
client.close();
