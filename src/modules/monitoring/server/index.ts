/** Door of `monitoring` for the server. */
export { board, type Board } from './board.ts';
