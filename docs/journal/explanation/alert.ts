import type { Explanations } from './explanation.ts';

export const alertExplanations: Explanations<'alert' | 'remote'> = {
  'alert.sent': {
    subject: 'An alert was sent to @HOLDFAST_CHANNEL@',
    meaning: 'A channel accepted a message that people should hear of.',
    look: 'Nothing has to be done. `holdfast alerts` lists what was told, and where.',
  },
  'alert.failed': {
    subject: 'An alert did not reach @HOLDFAST_CHANNEL@',
    meaning:
      'The channel refused the message for good, or it was given up. It is not tried there again; other channels are not affected.',
    look: 'The entry names the reason. `holdfast alert test` tries every channel and shows what comes back.',
  },
  'alert.acknowledged': {
    subject: 'Incident @HOLDFAST_INCIDENT@ was acknowledged',
    meaning: 'A person said that he knows of it: it is not told again.',
    look: 'Nothing has to be done.',
  },
  'alert.silenced': {
    subject: 'Alerts were silenced',
    meaning:
      'A person asked not to be told of a session, or of anything, for a while. What happens meanwhile is recorded all the same.',
    look: 'Nothing has to be done if you meant it. `holdfast silence` lists the silences, `holdfast unsilence` ends one.',
  },
  'alert.unsilenced': {
    subject: 'A silence was ended',
    meaning: 'A person asked to be told again. A silence that runs out has no entry.',
    look: 'Nothing has to be done.',
  },
  'remote.paired': {
    subject: '@HOLDFAST_REMOTE@ was paired with this machine',
    meaning:
      'Somebody showed the code that `holdfast pair` gave. From now on he is told of alerts, and may look and act from afar.',
    look: 'If that was nobody you know, run `holdfast pair --list`, and `holdfast pair --remove USER`.',
  },
  'remote.unpaired': {
    subject: '@HOLDFAST_REMOTE@ is no longer paired with this machine',
    meaning: 'He is told nothing more, and may do nothing more from afar.',
    look: 'Nothing has to be done.',
  },
  'remote.refused': {
    subject: '@HOLDFAST_REMOTE@ is not paired and asked for something',
    meaning:
      'Somebody who found the bot wrote to it. He got no answer and learnt nothing. Entries of one person are at least an hour apart.',
    look: 'Nothing has to be done. Anybody can write to a bot whose name he knows; if it is you, run `holdfast pair`.',
  },
};
