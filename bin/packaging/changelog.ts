export const maintainer = 'The Holdfast authors <maintainers@holdfast.invalid>';

interface Release {
  version: string;
  entries: string[];
}

/** The releases of CHANGELOG.md, newest first, each entry one line of text. */
export const readReleases = (markdown: string): Release[] => {
  const releases: Release[] = [];
  for (const line of markdown.split('\n')) {
    const [, version] = /^## \[(\d+\.\d+\.\d+[^\]]*)\]/.exec(line) ?? [];
    const current = releases.at(-1);
    if (version !== undefined) releases.push({ version, entries: [] });
    else if (line.startsWith('- ')) current?.entries.push(line.slice(2));
    else if (line.startsWith('  ') && current && current.entries.length > 0) {
      current.entries.push(`${current.entries.pop()} ${line.trim()}`);
    }
  }
  return releases;
};

const lineColumns = 76;

/** Links lead nowhere from a package: their words stay. */
const plain = (markdown: string): string =>
  markdown.replaceAll('`', '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');

const folded = (text: string): string[] => {
  const lines: string[] = [];
  for (const word of plain(text).split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= lineColumns) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line, i) => `${i === 0 ? '  * ' : '    '}${line}`);
};

/** CHANGELOG.md in the form of Debian's (deb-changelog(5)). @param date RFC 5322 */
export const debianChangelog = (markdown: string, date: string): string =>
  readReleases(markdown)
    .map(({ version, entries }) =>
      [
        `holdfast (${version}) stable; urgency=medium`,
        '',
        ...entries.flatMap(folded),
        '',
        ` -- ${maintainer}  ${date}`,
        '',
      ].join('\n'),
    )
    .join('\n');
