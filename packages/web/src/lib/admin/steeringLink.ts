import type { AdminSessionDto, CommandReplyDto } from '@dcs/api';
import type { Answered } from '#lib/answered.ts';
import type { PlayLink } from '#lib/play/playLink.ts';

/**
 * One session on the wire, for those who run it: followed, and steered. Commands are sent again after a drop, with their
 * own id, so that they happen once; nothing here rejects.
 */
export interface SteeringLink extends Pick<PlayLink, 'start' | 'stop'> {
  facts(): Promise<Answered<AdminSessionDto>>;
  hold(commandId: string, reason: string): Promise<Answered<CommandReplyDto>>;
  release(commandId: string): Promise<Answered<CommandReplyDto>>;
  announce(commandId: string, text: string): Promise<Answered<CommandReplyDto>>;
  end(commandId: string): Promise<Answered<CommandReplyDto>>;
}
