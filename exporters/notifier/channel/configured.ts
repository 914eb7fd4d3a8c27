import type { AlertsConfig } from '../../../agent/model/config/config.ts';
import type { Severity } from '../../../agent/model/severity.ts';
import type { Channel } from '../channel.ts';
import type { ChannelPorts } from './kind.ts';
import { kinds } from './kinds.ts';

/** Every channel of the configuration but those of Telegram. Secrets are read now. Never throws a Failure. */
export const configuredChannels = (alerts: AlertsConfig, ports: ChannelPorts): Channel[] =>
  Object.entries(kinds).flatMap(([kind, { open }]) => open(kind, alerts, ports));

/** All that the configuration says of them. */
export const channelConfigs = (alerts: AlertsConfig): unknown[] =>
  Object.values(kinds).map(({ configs }) => configs(alerts));

/** From which severity on a channel is told, by its name. */
export const minSeverityOf = (channel: string, alerts: AlertsConfig): Severity => {
  const [kind = '', ...name] = channel.split(':');
  const config =
    kind === 'telegram' ? alerts.telegram : kinds[kind]?.configs(alerts)[name.join(':')];
  return config?.minSeverity ?? 'warning';
};
