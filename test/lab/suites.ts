import { bots } from './suite/bots.ts';
import { costs } from './suite/costs.ts';
import { deploy } from './suite/deploy.ts';
import { documents } from './suite/documents.ts';
import { faults } from './suite/faults.ts';
import { hostile } from './suite/hostile.ts';
import { install } from './suite/install.ts';
import { journal } from './suite/journal.ts';
import { kills } from './suite/kills.ts';
import { limits } from './suite/limits.ts';
import { machine } from './suite/machine.ts';
import { metrics } from './suite/metrics.ts';
import { network } from './suite/network.ts';
import { outages } from './suite/outages.ts';
import { packaging } from './suite/packaging.ts';
import { phone } from './suite/phone.ts';
import { sandbox } from './suite/sandbox.ts';
import { surroundings } from './suite/surroundings.ts';
import { units } from './suite/units.ts';
import { witness } from './suite/witness.ts';
import type { Suite } from './suite.ts';

/** In the order they run in. Those that share a machine stand together. */
export const suites: readonly Suite[] = [
  machine,
  // The costs come before what restarts the agent: they are those of one that has run for five minutes,
  // most of which the suites before have taken.
  ...[
    deploy,
    surroundings,
    metrics,
    journal,
    limits,
    sandbox,
    costs,
    documents,
    units,
    bots,
    witness,
    hostile,
    faults,
    phone,
  ],
  ...[network, kills, outages, packaging],
  install,
];
