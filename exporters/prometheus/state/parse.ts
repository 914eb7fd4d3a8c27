import * as v from 'valibot';
import { type Status, statusSchema } from './document.ts';
import type { StateError } from './reading.ts';

export type Parsed =
  | { document: Status; schema: number; error: null }
  | { document: null; schema: number | null; error: StateError };

const refused = (
  reason: StateError['reason'],
  detail: string,
  schema: number | null = null,
): Parsed => ({ document: null, schema, error: { reason, detail } });

/** The parser's own message quotes the text, so it is not passed on. */
const parseJson = (text: string): { value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

const schemaOf = (value: unknown): number | null => {
  const schema = typeof value === 'object' && value !== null && 'schema' in value && value.schema;
  return typeof schema === 'number' && Number.isSafeInteger(schema) ? schema : null;
};

const complaint = (issue: v.BaseIssue<unknown>): string =>
  `${(v.getDotPath(issue) ?? 'the document').slice(0, 100)} is not as expected: ${
    issue.type === 'check' ? issue.message : (issue.expected ?? issue.type)
  }`;

/** Reads a document of schema 1. Never throws; its complaints quote nothing of the text but field names. */
export const parseStatus = (text: string): Parsed => {
  const json = parseJson(text);
  if (!json) return refused('malformed', 'not valid JSON; it may be cut short');
  const schema = schemaOf(json.value);
  if (schema === null) return refused('invalid', 'not a status document: it names no schema');
  if (schema !== 1)
    return refused('schema', `schema ${schema}; this exporter knows schema 1`, schema);
  const result = v.safeParse(statusSchema, json.value, { abortEarly: true });
  if (result.success) return { document: result.output, schema, error: null };
  return refused('invalid', complaint(result.issues[0]), schema);
};
