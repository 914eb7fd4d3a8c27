import { alertsPage } from './alerts/page.ts';
import { keepCurrent } from './keep-current.ts';

/** Writes docs/ALERTS.md; with --check it only says whether it is current. */

keepCurrent(import.meta.filename, { 'docs/ALERTS.md': alertsPage() });
