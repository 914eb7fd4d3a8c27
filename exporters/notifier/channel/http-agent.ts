import type { Dispatcher } from 'undici';

/** What another machine may send us before its answer. 16 KiB is the limit of Node, too. */
const maxHeaderBytes = 16 * 1024;

/** An empty string means no proxy; undefined would let the agent look into the environment of this process. */
const proxiesOf = (env: NodeJS.ProcessEnv) => ({
  httpProxy: env['http_proxy'] ?? env['HTTP_PROXY'] ?? '',
  httpsProxy: env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '',
  noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '',
});

/**
 * Connections to other machines, through the proxy that the environment names. Loaded when it is first needed: a
 * notifier of Telegram alone never does.
 * @throws what undici throws where the address of the proxy is none
 */
export const loadHttpAgent = async (
  env: NodeJS.ProcessEnv,
  limitMs: number,
): Promise<Dispatcher> => {
  const [{ default: Agent }, { default: Dispatcher }, { default: api }] = await Promise.all([
    import('undici/lib/dispatcher/env-http-proxy-agent.js'),
    import('undici/lib/dispatcher/dispatcher.js'),
    import('undici/lib/api/index.js'),
  ]);
  // undici's main file does the same; its proxies need `connect`.
  Object.assign(Dispatcher.prototype, api);
  return new Agent({
    ...proxiesOf(env),
    allowH2: false,
    connect: { timeout: limitMs },
    maxHeaderSize: maxHeaderBytes,
  });
};
