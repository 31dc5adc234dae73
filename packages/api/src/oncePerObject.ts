/** The same function, which answers for an object that cannot change what it answered before. */
export function oncePerObject<Value>(make: (data: unknown) => Value): (data: unknown) => Value {
  const made = new WeakMap<object, { readonly value: Value }>();
  return (data) => {
    if (typeof data !== 'object' || data === null || !Object.isFrozen(data)) return make(data);
    const known = made.get(data);
    if (known !== undefined) return known.value;
    const value = make(data);
    made.set(data, { value });
    return value;
  };
}
