/** Door of `people` for the server. */
export { actorOfUser } from './actors.ts';
