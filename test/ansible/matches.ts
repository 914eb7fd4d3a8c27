import type { Mapping, Option } from './role.ts';

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kinds: Record<string, (value: unknown) => boolean> = {
  str: (value) => typeof value === 'string',
  path: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  int: (value) => Number.isInteger(value),
  dict: isMapping,
  list: Array.isArray,
};

/** What is wrong with a value by its argument spec; nothing: []. A Jinja expression may be of any type. */
export const wrongBy = (spec: Option, value: unknown, at: string): string[] => {
  if (typeof value === 'string' && value.startsWith('{{')) return [];
  if (!kinds[spec.type]?.(value)) return [`${at} is no ${spec.type}`];
  if (Array.isArray(value) && spec.elements !== undefined) {
    const { elements: type, options } = spec;
    return value.flatMap((element, i) =>
      wrongBy({ type, ...(options && { options }) }, element, `${at}[${i}]`),
    );
  }
  if (!isMapping(value) || !spec.options) return [];
  return wrongIn(spec.options, value, `${at}.`);
};

/** The same of several values by name; unknown names and missing ones are wrong. */
export const wrongIn = (
  specs: Record<string, Option>,
  values: Mapping,
  before: string = '',
): string[] => [
  ...Object.entries(values).flatMap(([name, value]) =>
    specs[name] ? wrongBy(specs[name], value, before + name) : [`${before}${name} is unknown`],
  ),
  ...Object.entries(specs)
    .filter(([name, { required }]) => required && !(name in values))
    .map(([name]) => `${before}${name} is missing`),
];
