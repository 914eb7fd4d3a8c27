import { commands, death } from '../phone/death.ts';
import { everythingOfOwner } from '../phone/everything-of-owner.ts';
import { killNotifier } from '../phone/kill-notifier.ts';
import { lastResort } from '../phone/last-resort.ts';
import { massDeath } from '../phone/mass-death.ts';
import { noWayOut } from '../phone/no-way-out.ts';
import { pairing, token } from '../phone/pairing.ts';
import type { Suite } from '../suite.ts';
import { deploy } from './deploy.ts';

export const phone: Suite = {
  name: 'phone',
  about: 'what reaches a phone: pairing, deaths, buttons, outages, the last resort',
  after: deploy,
  checks: [
    pairing,
    death,
    // Between two alerts that are to be told one by one.
    token,
    commands,
    massDeath,
    everythingOfOwner,
    noWayOut,
    killNotifier,
    lastResort,
  ],
};
