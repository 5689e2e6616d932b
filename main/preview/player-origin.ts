/** `localhost`, where the player runs without a licence; nobody listens there, main answers. */
export const PLAYER_ORIGIN = 'https://localhost';
