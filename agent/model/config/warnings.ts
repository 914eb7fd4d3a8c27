import type { Config } from './config.ts';
import { nearest } from './nearest.ts';

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

/** One sentence each, with the path of the key in front. */
export const warningsOf = (config: Config, perOwner: boolean): string[] =>
  [levelOfNoSession, variableOfTmux, configurationOfUnit].flatMap((warn) => warn(config, perOwner));
