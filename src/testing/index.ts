export { verifierContract, type VerifierCases } from './verifier-contract.ts';
