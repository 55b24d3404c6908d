import { z } from 'zod';
import { Config } from '../../core/config/config.ts';
import { fieldRows, page, type SchemaField, table } from './markdown.ts';

export function configPage(): string {
  const schema = z.toJSONSchema(Config, { io: 'input' }) as SchemaField;
  return page(
    'factum.yaml',
    'src/core/config/config.ts',
    'Unknown keys are errors. Editors check the file with `schema/factum.schema.json`, which the package ships. `[]` marks an entry of a list, `*` a name that you choose. The options of each check are those of its verifier: see [verifiers](verifiers.md).',
    table(['key', 'type', '', 'meaning'], fieldRows(schema)),
  );
}
