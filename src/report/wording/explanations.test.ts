import { expect, test } from 'vitest';
import { richScope } from '../../../test/make/example-scopes.ts';
import type { Risk } from '../../core/debt/diagnosis.ts';
import { ofPrediction, ofRisks, ofStage } from './explanations.ts';

function risk(value: number, lo: number, hi: number): Risk {
  return {
    id: 'decision breakdown',
    badness: { state: 'computed', value, band: { lo, hi, level: 0.8 } },
    inputs: ['decision-latency'],
  };
}

test('a risk is to be talked about where its band says that there is one', () => {
  expect(ofRisks({ ...richScope, risks: [risk(0.5, 0.2, 0.7)] }).now).toBe('Talk about decision breakdown first.');
  expect(ofRisks({ ...richScope, risks: [risk(0.5, 0, 0.7)] }).now).toContain('Nothing');
  expect(ofRisks({ ...richScope, risks: [risk(0, 0, 0)] }).now).toContain('Nothing');
});

test('what follows from limits and draws says which ones', () => {
  expect(ofStage(richScope).from).toMatch(/80\s%.*10\s%.*30\s%/s);
  expect(ofPrediction(richScope).from).toContain('g evenly from 0 to 1');
});
