import { badRequest } from '../api-error.ts';
import { splitParts } from './multipart.ts';

export interface Upload {
  /** What the form calls it: a parameter, or what `attach://` speaks of. */
  field: string;
  name: string;
  bytes: Buffer;
}

/** As it came: from JSON of any type, otherwise text. */
export type Parameters = Record<string, unknown>;

export interface Body {
  parameters: Parameters;
  files: Upload[];
}

const ofForm = (form: URLSearchParams): Parameters => Object.fromEntries(form);

const ofJson = (text: string): Parameters => {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest("can't parse JSON object");
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest("can't parse JSON object");
  }
  return value as Parameters;
};

const ofMultipart = (bytes: Buffer, boundary: string): Body => {
  const parameters: Parameters = {};
  const files: Upload[] = [];
  for (const part of splitParts(bytes, boundary)) {
    if (part.fileName === undefined) parameters[part.name] = part.content.toString();
    else files.push({ field: part.name, name: part.fileName, bytes: part.content });
  }
  return { parameters, files };
};

/** The parameters of a call, from its query and its body. Throws an `ApiError` where they cannot be read. */
export const readParameters = (query: URLSearchParams, type: string, bytes: Buffer): Body => {
  const inQuery = ofForm(query);
  const [kind = ''] = type.split(';');
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (kind.trim() === 'multipart/form-data' && boundary !== undefined) {
    const { parameters, files } = ofMultipart(bytes, boundary);
    return { parameters: { ...inQuery, ...parameters }, files };
  }
  const own = kind.trim() === 'application/json' ? ofJson(bytes.toString()) : undefined;
  const parameters = own ?? ofForm(new URLSearchParams(bytes.toString()));
  return { parameters: { ...inQuery, ...parameters }, files: [] };
};
