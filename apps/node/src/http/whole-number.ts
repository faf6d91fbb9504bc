import { badRequest, type Fields } from './fields.js';

/** The field under its own name; nothing when it is not given. @throws HttpError 400 */
export function wholeNumber<Name extends string>(
  fields: Fields,
  name: Name,
  least: number,
  most = Infinity,
): Partial<Record<Name, number>> {
  const given = fields.get(name);
  if (given === undefined) return {};
  if (!/^\d{1,15}$/.test(given) || Number(given) < least || Number(given) > most) {
    const range = `from ${least} ${most === Infinity ? 'on' : `to ${most}`}`;
    throw badRequest(`${name}='${given}' is no whole number ${range}.`);
  }
  return { [name]: Number(given) } as Record<Name, number>;
}
