import type { SessionDto } from '@dcs/api';
import type { Fact } from '#lib/replay/facts.ts';
import type { Point, Step } from '#lib/replay/step.ts';
import { timeInWords } from '#lib/time.ts';
import { statusInWords } from '#lib/words.ts';

const readable = (name: string): string => name.replaceAll('_', ' ');

function ofMost(text: string, most: string | null): string {
  return most === null ? text : `${text} of ${most}`;
}

/** What every session has at a step, whatever is played. `before` is `null` where it is not known: nothing counts as changed. */
export function stepFacts(step: Step, before: Point | null, session: SessionDto): readonly Fact[] {
  const { kind, source } = step.event;
  const turnsOf = ({ turns }: Point): string =>
    ofMost(String(turns), session.maxTurns === null ? null : String(session.maxTurns));
  const most = session.maxRuntimeSeconds === null ? null : timeInWords(session.maxRuntimeSeconds * 1000);
  const told = (name: string, label: string, text: (point: Point) => string): Fact => {
    const value = text(step);
    const was = before === null ? value : text(before);
    return { path: name, label, value, was: was === value ? null : was };
  };
  return [
    // These differ from step to step by their nature; that is no news.
    { path: 'event', label: 'Event', value: `${readable(kind)}, ${source}`, was: null },
    told('status', 'Status', ({ status }) => statusInWords(status)),
    told('turns', 'Turns done', turnsOf),
    {
      path: 'runtime',
      label: 'Time played',
      value: ofMost(timeInWords(step.runtimeMs), most),
      was: null,
    },
  ];
}
