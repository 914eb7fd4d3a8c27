const hidden = /^<!-- (lab|up)( after| skip)?: (.*) -->$/;

/**
 * A runbook as followPage takes it, with what is hidden for `make test` in place of what is hidden for the lab:
 * `<!-- up: SCENE -->` above a block, `<!-- up after: SCENE -->` below it, `<!-- up skip: REASON -->` above one that
 * needs a whole machine. Lines keep their numbers.
 */
export const forMakeTest = (markdown: string): string => {
  let skipped = false;
  const lines = markdown.split('\n').map((line) => {
    const [, whose, kind = '', words] = hidden.exec(line) ?? [];
    if (whose === 'lab') return '';
    if (whose === 'up') {
      skipped ||= kind === ' skip';
      return `<!-- lab${kind}: ${words} -->`;
    }
    if (!line.startsWith('```console')) return line;
    const fence = skipped ? '```console skip' : '```console';
    skipped = false;
    return fence;
  });
  return lines.join('\n');
};

/** The scenes a page asks for, in their order. */
export const scenesOf = (markdown: string): string[] =>
  markdown.split('\n').flatMap((line) => {
    const [, whose, kind, words = ''] = hidden.exec(line) ?? [];
    return whose === 'up' && kind !== ' skip' ? [words] : [];
  });

/** Lines of blocks that neither the lab nor `make test` runs. */
export const neverRun = (markdown: string): number[] => {
  let skips = new Set<string>();
  return markdown.split('\n').flatMap((line, i) => {
    const [, whose, kind] = hidden.exec(line) ?? [];
    if (whose !== undefined && kind === ' skip') skips.add(whose);
    if (!line.startsWith('```console')) return [];
    const isLost = skips.size === 2;
    skips = new Set();
    return isLost ? [i + 1] : [];
  });
};
