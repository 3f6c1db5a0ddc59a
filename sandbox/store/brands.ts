import { whole } from "./kept";
import { Store } from "./store";

export interface BrandRow {
  id: string;
  name: string;
  isDefault: boolean;
  createdAt: number;
  updatedAt: number;
}

/** There is no request that makes one. */
export class Brands extends Store {
  /** The default brand first. Replaced when they change. */
  rows: BrandRow[] = [];

  readonly tables = { brands: whole(this, "rows", []) };
}
