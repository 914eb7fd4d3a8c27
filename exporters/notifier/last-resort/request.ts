import { Agent as HttpAgent, type RequestOptions, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';

export interface Answer {
  status: number;
  /** Parsed; null where it is no JSON. */
  body: Record<string, unknown> | null;
}

/** More is no answer of the Bot API, bytes. */
const maxBytes = 64 * 1024;

const parse = (text: string): Answer['body'] => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Answer['body']) : null;
  } catch {
    return null;
  }
};

const agentFor = (secure: boolean, proxy: string | null): HttpAgent => {
  const proxyEnv = proxy === null ? {} : { http_proxy: proxy, https_proxy: proxy };
  return secure ? new HttpsAgent({ proxyEnv }) : new HttpAgent({ proxyEnv });
};

/**
 * Posts JSON. Node's own client, as it needs no code that is made at run time: its unit forbids that.
 * Rejects with the error of the connection, whose `code` is safe to tell; anything else may hold the address.
 */
export const postJson = (
  url: URL,
  body: object,
  { proxy, timeoutMs }: { proxy: string | null; timeoutMs: number },
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const agent = agentFor(secure, proxy);
    const payload = Buffer.from(JSON.stringify(body));
    const options: RequestOptions = {
      method: 'POST',
      agent,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'application/json', 'content-length': payload.length },
    };
    const request = (secure ? requestHttps : requestHttp)(url, options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxBytes) response.destroy(new Error('the answer is too long'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: parse(Buffer.concat(chunks).toString('utf8')),
        }),
      );
    });
    request.on('error', reject);
    request.on('close', () => agent.destroy());
    request.end(payload);
  });
