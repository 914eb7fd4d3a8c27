import { catalogText } from './journal/catalog.ts';
import { journalPage } from './journal/page.ts';
import { keepCurrent } from './keep-current.ts';

/** Writes docs/JOURNAL.md and systemd/holdfast.catalog; with --check it only says whether they are current. */

keepCurrent(import.meta.filename, {
  'docs/JOURNAL.md': journalPage(),
  'systemd/holdfast.catalog': catalogText(),
});
