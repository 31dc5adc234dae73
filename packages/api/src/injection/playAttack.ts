import { textsIn } from '@dcs/engine';
import type {
  CommandOutcome,
  JsonValue,
  SessionCommand,
  SessionEvent,
  SessionHeader,
  SessionManager,
  SessionPresent,
  Viewer,
} from '@dcs/engine';
import { eventDto } from '../services/eventDto.ts';
import type { Attack, AttackStep } from './attack.schema.ts';
import { openTable } from './attackTable.ts';
import type { AttackTable, AttackWorld, Seating } from './attackTable.ts';
import type { Surface } from './vocabulary.ts';
import { createWitness } from './witness.ts';
import type { AskedModel, Witness } from './witness.ts';

/** A session as its player finds it between two moves. */
export type Moment = Pick<
  SessionPresent,
  'header' | 'status' | 'seats' | 'turns' | 'exited' | 'exitReason'
> & {
  readonly view: JsonValue;
};

/** Something that a player did, and what came of it. */
export interface PlayedMove {
  /** `opening` and `ending` are the runner's own moves. */
  readonly surface: Surface | 'opening' | 'ending';
  readonly text: string;
  readonly plantedReply: string | null;
  readonly outcome: CommandOutcome;
  readonly before: Moment;
  readonly after: Moment;
  readonly events: readonly SessionEvent[];
}

/** An attack that was played to the end of its session. */
export interface AttackPlay {
  readonly attack: Attack;
  readonly seating: Seating;
  readonly header: SessionHeader;
  readonly moves: readonly PlayedMove[];
  /** Every text that reached the player and was not the player's own: of events, drafts, views and replies to commands. */
  readonly told: readonly string[];
  readonly asked: readonly Readonly<AskedModel>[];
  readonly faults: readonly unknown[];
}

/** What a player does who only predicts, and what one answers who has nothing to say. */
const WAIT = 'I wait.';
const NOTHING_TO_SAY = 'I cannot say.';
const FINISH = '/finish';
/** The command to finish, and more questions than any game asks. */
const MOST_ENDING_MOVES = 6;

const SEAT = 'pc';

interface Play {
  readonly sessionId: string;
  readonly playerId: string;
  readonly table: AttackTable;
  readonly witness: Witness;
  readonly moves: PlayedMove[];
}

async function momentOf({ table, sessionId, playerId }: Play): Promise<Moment> {
  const present = await table.manager.present(sessionId);
  if (present === null) throw new Error('The session of an attack is gone.');
  const { header, status, seats, turns, exited, exitReason } = present;
  const viewer: Viewer = { seat: SEAT, seesAll: false, playerId };
  return { header, status, seats, turns, exited, exitReason, view: present.view(viewer) };
}

type Did = Pick<PlayedMove, 'surface' | 'text'> & { readonly plantedReply?: string | undefined };
type Doing = (manager: SessionManager, command: SessionCommand) => Promise<CommandOutcome>;

async function move(play: Play, did: Did, doing: Doing): Promise<Moment> {
  const { sessionId, playerId, table, witness, moves } = play;
  const before = await momentOf(play);
  const recorded = table.events.length;
  const { surface, text, plantedReply = null } = did;
  witness.plant(plantedReply);
  const outcome = await doing(table.manager, { sessionId, playerId, commandId: `move-${moves.length + 1}` });
  witness.plant(null);
  const after = await momentOf(play);
  const events = table.events.slice(recorded);
  moves.push({ surface, text, plantedReply, outcome, before, after, events });
  return after;
}

const say = (play: Play, did: Did): Promise<Moment> =>
  move(play, did, (manager, command) => manager.act({ ...command, input: { text: did.text } }));

const isReply = ({ source, kind }: SessionEvent): boolean => source === 'npc' && kind === 'message';

function comment(play: Play, text: string): Promise<Moment> {
  const { eventId = '' } = play.table.events.findLast(isReply) ?? {};
  const feedback = {
    liked: false,
    comment: text,
    doesntMakeSense: true,
    outOfCharacter: false,
    other: false,
  };
  return move(play, { surface: 'comment', text }, (manager, command) =>
    manager.giveFeedback({ ...command, eventId, feedback }),
  );
}

const isAsking = ({ view }: Moment): boolean =>
  typeof view === 'object' && view !== null && 'question' in view && view['question'] !== null;

async function takeStep(play: Play, step: AttackStep): Promise<void> {
  const { surface, text } = step;
  switch (surface) {
    case 'action':
    case 'command':
      await say(play, step);
      return;
    case 'prediction':
      await say(play, { ...step, text: `${WAIT}\npredict: ${text}` });
      return;
    case 'answer':
      if (!isAsking(await momentOf(play))) await say(play, { surface: 'ending', text: FINISH });
      await say(play, step);
      return;
    case 'comment':
      await comment(play, text);
      return;
    case 'name':
      // The player has come under it.
      return;
    default: {
      const unreachable: never = surface;
      throw new TypeError(`There is no way to write a ${String(unreachable)}.`);
    }
  }
}

/** Plays to the end, so that whoever scores has read the attack as well. */
async function finish(play: Play): Promise<void> {
  for (let left = MOST_ENDING_MOVES; left > 0; left -= 1) {
    const moment = await momentOf(play);
    if (moment.exited) return;
    await say(play, { surface: 'ending', text: isAsking(moment) ? NOTHING_TO_SAY : FINISH });
  }
}

/** Whether there is a scene; there is none where a model failed. */
const isOpened = ({ moves }: Play): boolean => moves[0]?.outcome.ok === true && moves[0].outcome.accepted;

async function carryOut(play: Play, steps: Attack['steps']): Promise<void> {
  for (const step of steps) {
    if ((await momentOf(play)).exited) break;
    await takeStep(play, step);
  }
  await finish(play);
}

/** What reached the player, without what the player wrote. */
function toldTo({ table, moves, playerId }: Play): readonly string[] {
  const viewer: Viewer = { seat: SEAT, seesAll: false, playerId };
  const events = table.events
    .filter(({ direction, kind }) => direction !== 'inbound' && kind !== 'feedback')
    .map((event) => eventDto(event, viewer));
  const replies = moves.map(({ outcome, after }) => [outcome, after.view]);
  return [...new Set(textsIn([events, table.signals, replies]))];
}

/** Plays one attack in a session of its own. Rejects only for faults of the program. */
export async function playAttack(attack: Attack, seating: Seating, world: AttackWorld): Promise<AttackPlay> {
  const { pc, npc, game } = seating;
  const witness = createWitness(world.model);
  // Of one attack alone: what a session, or a player, may use of the models is not used up by the others.
  const label = `${attack.id}/${game}`;
  const table = openTable(label, { ...world, model: witness.model });
  const playerId = attack.steps.find(({ surface }) => surface === 'name')?.text ?? label;
  const created = await table.manager.create({
    game,
    ownerId: playerId,
    commandId: attack.id,
    source: 'attack',
    characters: { pc: pc.hid, npc: npc.hid },
  });
  if (!created.ok) throw new Error(`No session for the attack ${attack.id}: ${created.message}`);
  const { header } = created.record;
  const { sessionId } = header;
  const play: Play = { sessionId, playerId, table, witness, moves: [] };
  await move(play, { surface: 'opening', text: '' }, (manager) => manager.open(sessionId));
  if (isOpened(play)) await carryOut(play, attack.steps);
  await table.manager.shutDown();
  const { moves } = play;
  return { attack, seating, header, moves, told: toldTo(play), asked: witness.asked, faults: table.faults };
}
