import { type KindName, kinds } from '../../agent/tell/journal/kinds.ts';
import { explanations } from './explanations.ts';

const width = 78;

/** Words in lines of at most `width` characters. */
const wrap = (text: string): string => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
};

const entry = (name: KindName): string => {
  const { subject, meaning, look } = explanations[name];
  return [
    `# ${name}`,
    `-- ${kinds[name].id}`,
    `Subject: ${subject}`,
    'Defined-By: Holdfast',
    'Support: man:holdfast(1)',
    'Documentation: man:holdfast(1)',
    '',
    wrap(meaning),
    '',
    wrap(look),
    '',
  ].join('\n');
};

/** The message catalog in the form that `journalctl --update-catalog` reads (systemd.io/CATALOG). */
export const catalogText = (): string =>
  [
    '# Message catalog of Holdfast, for journalctl -x.',
    '# Written by docs/generate-journal.ts from docs/journal/ and agent/tell/journal/: change it there.',
    '',
    ...(Object.keys(kinds) as KindName[]).map(entry),
  ].join('\n');
