/** Without those that are taken for each other. */
const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const length = 20;

/** As the API has it. */
export const shortest = 8;
export const longest = 128;

/** A password that nobody guesses: more than 115 bits of chance. */
export function newPassword(): string {
  let made = '';
  while (made.length < length) {
    // What lies behind the last whole round of the letters would make the first ones likelier.
    made += [...crypto.getRandomValues(new Uint8Array(length))].filter((byte) => byte < 256 - (256 % letters.length)).map((byte) => letters[byte % letters.length]).join('');
  }
  return made.slice(0, length);
}
