import type { RepositoryDiagnosis } from '../../core/debt/diagnosis.ts';
import { componentsMean, componentTree } from '../wording/components.ts';
import { markup, type Markup } from './markup.ts';

/** Whose parts of the repository changed. */
export function components(diagnosis: RepositoryDiagnosis, id: string): Markup | undefined {
  const { groups, others } = componentTree(diagnosis);
  if (groups.length === 0) return undefined;
  const bodies = groups.map(
    ({ owners, lines }) => markup`<tbody><tr><th scope="rowgroup" colspan="3"><bdi>${owners}</bdi></th></tr>
${lines.map(({ name, now, before }) => markup`<tr><td><code>${name}</code></td><td>${now}</td><td>${before}</td></tr>`)}</tbody>`,
  );
  return markup`<section id="${id}components"><h2>Components</h2><p class="lede">${componentsMean}</p>
<div class="scroll"><table class="components"><thead><tr><th scope="col">component</th><th scope="col">changes now</th><th scope="col">before</th></tr></thead>${bodies}</table></div>
${others > 0 && markup`<p class="what">${others} more with fewer changes: --format json has all.</p>`}</section>`;
}
