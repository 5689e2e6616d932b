/**
 * The one importer of zod. Its compiler probes `new Function`, which the content security policy refuses and reports,
 * so it is switched off here, before any schema is made.
 */
import * as z from 'zod';

z.config({ jitless: true });

export { z };
