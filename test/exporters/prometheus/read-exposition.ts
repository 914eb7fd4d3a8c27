/** A reader of the text format 0.0.4, written from its description and not from our writer. */

export interface Series {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const seriesLine = /^([a-zA-Z_:][\w:]*)(?:\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\})? (\S+)$/s;
const labelPair = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/gsy;

const escapes: Readonly<Record<string, string>> = { '\\\\': '\\', '\\"': '"', '\\n': '\n' };

const unescaped = (text: string): string =>
  text.replace(/\\./gs, (escaped) => {
    const plain = escapes[escaped];
    if (plain === undefined) throw new Error(`no such escape: ${escaped}`);
    return plain;
  });

const readLabels = (text: string): Record<string, string> => {
  const labels: Record<string, string> = {};
  let end = 0;
  for (const [pair, name = '', value = ''] of text.matchAll(labelPair)) {
    labels[name] = unescaped(value);
    end += pair.length;
  }
  if (end !== text.length) throw new Error(`not labels: ${text.slice(end)}`);
  return labels;
};

const readValue = (text: string): number => {
  const value = Number(text.replace(/^([+-]?)Inf$/, '$1Infinity'));
  if (Number.isNaN(value)) throw new Error(`not a value: ${text}`);
  return value;
};

const readSeries = (line: string): Series => {
  const [, name, labels, value] = seriesLine.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new Error(`not a series: ${line}`);
  return { name, labels: readLabels(labels ?? ''), value: readValue(value) };
};

/** Every series of a text. @throws Error where it is not in the format. */
export const readExposition = (text: string): Series[] => {
  if (!text.endsWith('\n')) throw new Error('no newline at the end');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map(readSeries);
};

const matches = (labels: Record<string, string>, wanted: Record<string, string>): boolean =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value);

/** The values of the series of one name with these labels. */
export const valuesOf = (
  series: readonly Series[],
  name: string,
  labels: Record<string, string> = {},
): number[] =>
  series
    .filter((one) => one.name === name && matches(one.labels, labels))
    .map(({ value }) => value);
