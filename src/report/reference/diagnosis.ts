import { z } from 'zod';
import { debtPillars, dimensionInputs, inputForms, inputIds, pillarInputs } from '../../core/debt/inputs.ts';
import { Diagnosis } from '../../core/debt/diagnosis.ts';
import { stagesMean } from '../wording/terms.ts';
import { fieldRows, page, type SchemaField, table } from './markdown.ts';

export function diagnosisPage(): string {
  const anchors = inputIds.map((id) => {
    const { title, signal, good, bad, ownBest, source, needs } = inputForms[id];
    const best = ownBest === true ? ', or the own best quartile of weeks before where that is better' : '';
    return [`\`${id}\``, title, `\`${signal}\``, `${good}${best}`, String(bad), source, needs];
  });
  const pillars = Object.entries(debtPillars).flatMap(([debt, ids]) =>
    ids.map((id) => [debt === 'human' ? 'Human Debt' : 'Technical Debt', id, list(pillarInputs[id])]),
  );
  const dimensions = Object.entries(dimensionInputs).map(([id, { title, inputs }]) => [`${id} ${title}`, list(inputs)]);
  return page(
    'Diagnosis',
    'src/core/debt',
    'What `factum diagnose` computes, and the JSON that it answers with `--json`: `schema/diagnosis.schema.json`, which the package ships. Bands are of 80 %, from 500 draws of groups of changes that all signals share, with weights around equal ones (Dirichlet) and the amplification of low visibility drawn from 0 to 1.',
    '## Inputs and their anchors',
    'Badness is 0 at the good anchor, 1 at the bad one, linear between them. `diagnose.anchors` in factum.yaml sets them. [F]: a choice of Factum’s own. What was not observed is left out and counted in the coverage, never taken for good or bad.',
    table(['input', 'meaning', 'signal', 'good', 'bad', 'source', 'observable with'], anchors),
    '## Debts',
    'A pillar is the mean of its observed inputs; a debt is 100 x (1 - prod (1 - pillar)^w), equal weights; half of the pillars must be observed. What is shown of inputs, pillars and debts is the middle of the draws of each, so that a debt need not be the formula of the middles beside it. Execution Debt, predicted: 100 x [m + (1 - m) x g x (1 - V) x sqrt(HD x TD)] with m = HD x TD, V = sqrt(decision visibility x execution visibility). Execution Debt, measured: 100 x the reported-versus-real gap.',
    table(['debt', 'pillar', 'inputs'], pillars),
    '## Score',
    'Each dimension is 100 x (1 - mean of its observed inputs); the score is their geometric mean, and needs three of the five. Tiers [F]: proven from 80, inspectable from 60, assumed from 40, illusory below; every tier that the band reaches into is named.',
    table(['dimension', 'inputs'], dimensions),
    '## Failure stages',
    `The last stage for which there is evidence. ${stagesMean} All limits are [F].`,
    '## Fields of the JSON',
    table(['field', 'type', '', 'meaning'], fieldRows(z.toJSONSchema(Diagnosis) as SchemaField)),
  );
}

function list(ids: readonly string[]): string {
  return ids.map((id) => `\`${id}\``).join(', ');
}
