import type { RuleName } from '../oracles/rules.js';
import type { Product } from '../product.js';
import type { Weather } from '../weather.js';

/** A fault of the product, planted where the product is put together: its code stays as it is. */
export interface Planted {
  readonly name: string;
  /** What the product does wrong. */
  readonly what: string;
  readonly product: Partial<Product>;
  /** The rules that may be seen broken first. */
  readonly breaks: readonly RuleName[];
  /** What makes it show sooner than any weather would. */
  readonly weather?: Partial<Weather>;
  /** How many nodes show it best. Default 3. */
  readonly nodes?: number;
}
