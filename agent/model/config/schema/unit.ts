import * as v from 'valibot';
import { mapping, namedEntries, textLike } from '../fields.ts';
import { unitKeyName, unitName } from '../shapes.ts';
import { looks, unitChecks } from './health.ts';
import { sessionRecovery } from './recovery.ts';
import { unitRefresh } from './refresh.ts';

const unitKey = textLike(
  unitKeyName,
  'a name: 1 to 100 of letters, digits, - and _, and of . within',
);

/** `health` of a unit: what makes sense without a terminal, and is not run as its owner. */
export const unitHealth = mapping({ ...looks, ...unitChecks });

const unit = mapping(
  {
    unit: v.pipe(
      v.optional(
        textLike(unitName, 'a system unit that is a service, such as telegram-gateway.service'),
      ),
      v.description(
        'The unit, a service of the system manager. Without it: NAME.service. Units of Holdfast itself and those the machine stands on (ssh, dbus, systemd-…) are refused.',
      ),
      v.examples(['telegram-gateway.service']),
    ),
    health: v.pipe(
      v.optional(unitHealth),
      v.description(
        'How it is looked at beyond that it runs. `http` and `tcp` are asked by the link of the first owner, and not looked at while that is not connected. With `onFailure: restart` Holdfast has systemd restart what failed.',
      ),
    ),
    refresh: v.pipe(
      v.optional(unitRefresh),
      v.description(
        'How the login of its bot is kept from running out (docs/guides/session-expiry.md): Holdfast has systemd restart the unit before it does. `refresh: {}` suits WhatsApp Web.',
      ),
    ),
    recovery: v.pipe(
      v.optional(sessionRecovery),
      v.description(
        'How often it is restarted for its health or its login, where that differs from `recovery`. What systemd does when it dies is in the unit (`Restart=`).',
      ),
      v.examples([{ maxRestarts: 3, window: '1h' }]),
    ),
  },
  'a mapping, such as {unit: …}',
);

export const units = v.pipe(
  namedEntries(unitKey, v.nullish(unit, {}), 'a mapping of NAME: {unit: …}'),
  v.description(
    'Bots that are units of systemd. systemd starts them and starts them again when they die; Holdfast says what happened, hears how they are, and restarts one whose health fails or whose login is to be renewed. The polkit rule that `holdfast polkit` prints lets it stop and restart exactly these.',
  ),
  v.examples([{ gateway: { unit: 'telegram-gateway.service' } }]),
);

export type UnitEntry = v.InferOutput<typeof unit>;
