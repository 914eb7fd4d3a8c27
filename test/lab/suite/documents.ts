import { followed } from '../documents/check.ts';
import type { Suite } from '../suite.ts';
import { deploy } from './deploy.ts';

export const documents: Suite = {
  name: 'documents',
  about: 'every command of the runbooks, on the deployed machine',
  after: deploy,
  checks: [
    followed('docs/runbooks/README.md'),
    followed('docs/runbooks/startup-shutdown.md'),
    followed('docs/runbooks/log-analysis.md'),
    followed('docs/runbooks/telegram-troubleshooting.md'),
  ],
};
