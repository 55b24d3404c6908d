import type { Config } from '../core/config/config.ts';

const secretName = /TOKEN|SECRET|PASSW|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY|AUTH(?!OR)|_KEY$/i;

/** Values that must never be stored or shown: of variables with telling names, of passed ones, of database URLs. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>, config?: Config): readonly string[] {
  const databases = Object.values(config?.databases ?? {}).map(({ url_env }) => url_env);
  const named = new Set([...(config?.run.env ?? []), ...databases, 'FACTUM_DATABASE_URL']);
  const values = Object.entries(env)
    .filter(([name]) => named.has(name) || secretName.test(name))
    .flatMap(([, value]) => (value === undefined ? [] : [value, ...passwordIn(value)]));
  return [...new Set(values)].filter((value) => value.length >= 6);
}

function passwordIn(value: string): readonly string[] {
  if (!URL.canParse(value)) return [];
  const { password } = new URL(value);
  return password === '' ? [] : [password, decodeURIComponent(password)];
}
