import type { Config } from './config.ts';
import { namedAddresses } from './named-channels.ts';
import { nearest } from './nearest.ts';
import { breakerThatNeverOpens } from './recovery-warnings.ts';

/** What is allowed and probably not meant. */
type Warn = (config: Config, perOwner: boolean) => string[];

const levelOfNoSession: Warn = ({ log, sessions }) =>
  Object.keys(log.sessions)
    .filter((name) => sessions[name] === undefined)
    .flatMap((name) => {
      const near = nearest(name, Object.keys(sessions));
      return near === null
        ? []
        : [`log.sessions.${name}: no session of this name is declared; did you mean ${near}?`];
    });

/** tmux gives every pane these, over what `-e` says. */
const ownedByTmux = ['TMUX', 'TMUX_PANE'];

const variableOfTmux: Warn = ({ sessions }) =>
  Object.entries(sessions).flatMap(([name, { env }]) =>
    ownedByTmux
      .filter((variable) => env[variable] !== undefined)
      .map((variable) => `sessions.${name}.env.${variable}: tmux sets this itself`),
  );

/** systemd starts the server, with a file of its own. */
const configurationOfUnit: Warn = ({ servers }, perOwner) =>
  Object.entries(servers)
    .filter(([, server]) => perOwner && server.kind === 'managed' && server.tmuxConfig !== null)
    .map(
      ([name]) =>
        `servers.${name}.tmuxConfig: has no effect here; holdfast-tmux@OWNER reads /etc/holdfast/tmux.conf`,
    );

/** Addresses of this machine (RFC 8252, 7.3), as URL writes them. */
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

const isOpen = (url: string | null): boolean => {
  if (url === null) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !loopback.test(hostname);
};

/** Alerts name sessions, and an address may be all that keeps others out. */
const notEncrypted: Warn = ({ alerts }) => {
  type Place = [path: string, url: string | null];
  const named = namedAddresses(alerts).map(
    ([path, { url }]): Place => [`${path.join('.')}.url`, url],
  );
  const places: Place[] = [['alerts.telegram.api', alerts.telegram.apiRoot], ...named];
  return places
    .filter(([, url]) => isOpen(url))
    .map(([path]) => `${path}: http is not encrypted; use https`);
};

/** One sentence each, with the path of the key in front. */
export const warningsOf = (config: Config, perOwner: boolean): string[] =>
  [
    ...[levelOfNoSession, variableOfTmux, configurationOfUnit, notEncrypted],
    breakerThatNeverOpens,
  ].flatMap((warn) => warn(config, perOwner));
