import type { AlertsConfig, ChannelConfig } from '../../../agent/model/config/config.ts';
import { Failure } from '../../../agent/model/failure.ts';
import type { Channel } from '../channel.ts';
import type { Credentials } from '../credentials/credentials.ts';
import type { HttpClient } from './http.ts';
import { createUnusable } from './unusable.ts';
import { withoutScreens } from './without-screens.ts';

export interface ChannelPorts {
  credentials: Credentials;
  http: HttpClient;
  now: () => number;
  env: NodeJS.ProcessEnv;
}

/** A kind of channel of which the configuration names any number. */
export interface ChannelKind {
  /** What the configuration says of them, by name. */
  configs(alerts: AlertsConfig): Readonly<Record<string, ChannelConfig>>;
  /** All there are. Secrets are read now. @param kind the first part of their names. Never throws a Failure */
  open(kind: string, alerts: AlertsConfig, ports: ChannelPorts): Channel[];
}

/** @param create throws a Failure where an address or a secret cannot be used */
export const channelKind = <C extends ChannelConfig>(
  audience: Channel['audience'],
  configs: (alerts: AlertsConfig) => Readonly<Record<string, C>>,
  create: (name: string, config: C, ports: ChannelPorts) => Channel,
): ChannelKind => ({
  configs,
  open: (kind, alerts, ports) =>
    Object.entries(configs(alerts)).map(([name, config]) => {
      try {
        const channel = create(name, config, ports);
        return config.screens ? channel : withoutScreens(channel);
      } catch (cause) {
        if (cause instanceof Failure) return createUnusable(`${kind}:${name}`, audience, cause);
        throw cause;
      }
    }),
});
