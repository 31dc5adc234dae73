import type { TranscriptLine } from '@dcs/engine';

/** Who says what follows, as labelled cases write it: `Opening scene:`, `Player:` or `Player (NA):`, `Simulator:`. */
const LABEL = /(?:^|\s)(?<who>Opening scene|Player(?: \([^)\n]{1,20}\))?|Simulator):\s/g;

/** Reads a transcript in one text; `null` when it does not begin with a label. */
export function readTranscript(text: string): readonly TranscriptLine[] | null {
  const labels = [...text.matchAll(LABEL)];
  if (labels[0]?.index !== 0) return null;
  return labels.map(({ index, groups, 0: label }, place): TranscriptLine => {
    const said = text.slice(index + label.length, labels[place + 1]?.index ?? text.length);
    const speaker = groups?.['who']?.startsWith('Player') === true ? 'player' : 'character';
    return { speaker, text: said.trim() };
  });
}
