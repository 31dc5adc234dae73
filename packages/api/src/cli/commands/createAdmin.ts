import { splitRegistration } from '../../security/index.ts';
import type { PersonalData } from '../../security/index.ts';
import { registrationSchema } from '../../services/registration.ts';
import type { Stores } from '../../store/ports.ts';
import { assertAdminKey, chooseAdminKey, storeAdminKey } from '../adminKey.ts';
import type { AdminKey } from '../adminKey.ts';
import { CliFailure, EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import type { CliIo } from '../io.ts';
import type { DatabaseFlags, DataPorts } from '../openData.ts';

export interface CreateAdminOptions extends DatabaseFlags {
  readonly name: string;
  readonly json?: boolean;
}

export interface CreateAdminPorts extends DataPorts {
  /** The value of ADMIN_KEY, or `null` when it is not set. */
  readonly adminKey: () => Promise<string | null>;
}

function parseName(name: string): string {
  const parsed = registrationSchema.shape.fullName.safeParse(name);
  if (parsed.success) return parsed.data;
  const why = parsed.error.issues.map(({ message }) => message).join(' ');
  throw new CliFailure(`The name cannot be used. ${why}`, { exitCode: EXIT.usage });
}

interface NewAdmin {
  readonly name: string;
  readonly key: AdminKey;
  readonly personalData: PersonalData;
}

/** The account comes first and the player last, so that a key never opens an admin nobody knows of. */
async function makeAdmin(stores: Stores, admin: NewAdmin, ports: DataPorts): Promise<void> {
  const { name, key, personalData } = admin;
  const { playerId, keyFrom } = key;
  const at = ports.now();
  await stores.audit.append({
    auditId: ports.newId(),
    at,
    actorId: 'system',
    action: 'player/admin-created',
    targetId: playerId,
    details: { keyFrom, by: 'dcs admin create-admin' },
  });
  await storeAdminKey(stores, key, ports);
  const { fields, personal } = splitRegistration({ fullName: name });
  await personalData.put(playerId, personal);
  await stores.players.create({
    playerId,
    role: 'admin',
    anonymous: false,
    registration: fields,
    createdAt: at,
    erasedAt: null,
  });
}

function report(io: CliIo, { name, key }: NewAdmin, where: string): void {
  io.note(`Created the admin ${name} (${key.playerId}) in ${where}.`);
  io.note(
    key.keyFrom === 'ADMIN_KEY'
      ? 'The access key is the one in ADMIN_KEY:'
      : 'The access key is shown this once; keep it in a safe place:',
  );
  io.line(key.accessKey);
}

/** `dcs admin create-admin`: an admin and its access key, which nobody can look up later. */
export async function createAdmin(
  io: CliIo,
  options: CreateAdminOptions,
  ports: CreateAdminPorts,
): Promise<ExitCode> {
  const name = parseName(options.name);
  const adminKey = await ports.adminKey();
  assertAdminKey(adminKey);
  await using data = await ports.openData(options);
  const personalData = await data.personalData();
  const key = await chooseAdminKey(data.stores, adminKey, ports.newId);
  const admin = { name, key, personalData };
  await makeAdmin(data.stores, admin, ports);
  const { playerId, keyFrom, accessKey } = key;
  if (options.json) io.json({ playerId, name, role: 'admin', accessKey, keyFrom });
  else report(io, admin, data.where);
  return EXIT.ok;
}
