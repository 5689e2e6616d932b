export { MAX_HISTORY_TEXT } from '../../shared/contract/history.ts';
