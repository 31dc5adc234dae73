/**
 * Makes each thing once for as long as what it is made of lives: the games of a plan stay the same, their places are
 * thousands, and every order goes through them.
 */
export function once<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, Value>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
