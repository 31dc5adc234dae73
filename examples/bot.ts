/** Registers, plays three turns of Explore and prints what happened: `node examples/bot.ts [address of the server]`. */
import { createClient } from '@dcs/api/client';

const client = createClient({ url: process.argv[2] ?? 'http://localhost:5173' });
const { accessKey } = await client.players.register.mutate({
  fullName: 'Example Bot',
  email: 'bot@example.org',
  phoneNumber: '+44 20 7946 0000',
  consentToFollowup: false,
  consentSignature: 'Example Bot',
});
client.signIn(accessKey);
const session = await client.play.start({ game: 'explore' });
for (const move of ['I look around.', 'I wave.', 'I come a little closer.']) await session.act(move);
for (const { seq, source, content } of session.transcript) console.log(`${seq} ${source}: ${content}`);
console.log(`To come back to this session, sign in with ${accessKey}`);
client.close();
