import { rolldown } from 'rolldown';
import configuration from '../rolldown.config.ts';

// Bundles a reading as the program is. In a process of its own: what one used at most, those that it starts are said to use.

const [dir = ''] = process.argv.slice(2);
const [asBuilt] = configuration;
const input = { history: 'bench/history.process.ts', compiled: 'bench/compiled.process.ts' };
const bundle = await rolldown({ ...asBuilt, input });
await bundle.write({ ...asBuilt?.output, dir });
