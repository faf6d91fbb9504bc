import type { Locator, Page } from '@playwright/test';

/** The Stage: the ring or its tables, and what is opened from it. */
export class StagePage {
  constructor(private readonly page: Page) {}

  /** A node in the ring. */
  node(id: string): Locator {
    return this.page.getByRole('link', { name: new RegExp(`^${id}, `) });
  }

  table(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  async asTables(): Promise<void> {
    await this.page.getByRole('checkbox', { name: 'View as table' }).check();
  }

  async asRing(): Promise<void> {
    await this.page.getByRole('checkbox', { name: 'View as table' }).uncheck();
  }
}
