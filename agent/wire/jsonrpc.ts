/** JSON-RPC 2.0 (jsonrpc.org/specification), one object per line. Batches are not accepted. */
export type Id = number | string;

export interface ErrorObject {
  code: number;
  message: string;
  /** `data.code` is the stable code of a Failure. */
  data?: { code: string; retryable: boolean };
}

export type Message =
  | { kind: 'request'; id: Id; method: string; params: unknown }
  | { kind: 'notification'; method: string; params: unknown }
  | { kind: 'result'; id: Id; result: unknown }
  | { kind: 'error'; id: Id | null; error: ErrorObject }
  | { kind: 'invalid'; id: Id | null; error: ErrorObject };

/** Error codes of the specification, section 5.1. */
export const parseError = -32_700;
export const invalidRequest = -32_600;
export const methodNotFound = -32_601;
export const invalidParams = -32_602;
export const internalError = -32_603;
/** The specification leaves -32000 to -32099 to servers: a Failure, named in `data.code`. */
export const failureError = -32_000;

const isId = (value: unknown): value is Id =>
  typeof value === 'number' || (typeof value === 'string' && value.length <= 64);

const invalid = (code: number, message: string, id: Id | null = null): Message => ({
  kind: 'invalid',
  id,
  error: { code, message },
});

const readError = (value: unknown): ErrorObject => {
  const error = (typeof value === 'object' && value !== null ? value : {}) as Partial<ErrorObject>;
  return {
    code: typeof error.code === 'number' ? error.code : internalError,
    message: String(error.message ?? 'unknown error').slice(0, 1000),
    ...(typeof error.data?.code === 'string'
      ? { data: { code: error.data.code, retryable: error.data.retryable === true } }
      : {}),
  };
};

/** Reads one line. Never throws: what is not JSON-RPC comes back as `invalid`, ready to be answered. */
export const readMessage = (line: string): Message => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return invalid(parseError, 'not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return invalid(invalidRequest, 'expected one JSON-RPC object per line');
  }
  const { jsonrpc, id, method, params, result, error } = value as Record<string, unknown>;
  const known = isId(id) ? id : null;
  if (jsonrpc !== '2.0') return invalid(invalidRequest, 'expected "jsonrpc": "2.0"', known);
  if (typeof method === 'string') {
    if (id === undefined) return { kind: 'notification', method, params };
    if (known === null) return invalid(invalidRequest, 'the id is not a number or short string');
    return { kind: 'request', id: known, method, params };
  }
  if (error !== undefined) return { kind: 'error', id: known, error: readError(error) };
  if (known !== null && 'result' in value) return { kind: 'result', id: known, result };
  return invalid(invalidRequest, 'neither a request nor an answer', known);
};
