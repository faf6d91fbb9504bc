import { expect, type Locator, type Page } from '@playwright/test';

/** The dashboard as a person sees it: pages, buttons, and words. */
export class Dashboard {
  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {}

  async open(): Promise<void> {
    await this.page.goto(this.url);
  }

  /** Goes to a page by its address, and waits until it stands there. */
  async goTo(place: string): Promise<void> {
    await this.page.evaluate((hash) => (window.location.hash = hash), `#/${place}`);
    const main = this.page.locator(`main[data-page="${place.split(/[/?]/)[0] ?? ''}"]`);
    await main.waitFor();
    await expect(main.getByText('Loading the page…')).toHaveCount(0);
  }

  /** The verdict that stands above every page. */
  async expectHealth(health: string): Promise<void> {
    const mark = this.banner.locator('[data-field="health"]');
    await expect(mark).toHaveAttribute('data-health', health);
  }

  /** All agree, and one may be lost. */
  async expectHealthy(leader?: string): Promise<void> {
    await this.expectHealth('healthy');
    if (leader !== undefined) await this.expectLeader(leader);
  }

  async expectLeader(id: string): Promise<void> {
    await expect(this.banner.locator('[data-field="leader"]')).toHaveText(id);
  }

  /** Another leader than the one before, once the page shows one. */
  async leaderAfter(before: string): Promise<string> {
    const field = this.banner.locator('[data-field="leader"]');
    await expect(field).not.toHaveText(before);
    return this.leader();
  }

  /** The leader that the page shows, once it shows one. */
  async leader(): Promise<string> {
    const field = this.banner.locator('[data-field="leader"]');
    await expect(field).toHaveText(/^n\d$/);
    return (await field.textContent()) ?? '';
  }

  /** A node that follows. */
  async follower(): Promise<string> {
    return (await this.leader()) === 'n2' ? 'n3' : 'n2';
  }

  /** What stands above every page. */
  get banner(): Locator {
    return this.page.getByRole('banner');
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }

  /** The column beside the page that shows one thing in detail. */
  inspector(title: string): Locator {
    return this.page.getByRole('complementary', { name: title, exact: true });
  }

  /** The page of a node. */
  panel(id: string): Locator {
    return this.page.getByRole('article', { name: `Node ${id}`, exact: true });
  }

  /** One of the facts on the page of a node. */
  fact(id: string, name: string): Locator {
    return this.panel(id).locator(`[data-fact="${name}"]`);
  }

  /** Goes to the page of a node. */
  async openNode(id: string): Promise<void> {
    await this.goTo(`nodes/${id}`);
    await this.panel(id).waitFor();
  }

  /** Acts on a node, on its page. */
  async act(id: string, name: string): Promise<void> {
    await this.openNode(id);
    await this.panel(id)
      .getByRole('button', { name: `${name} ${id}`, exact: true })
      .click();
  }

  /** A dangerous act asks: in the same place, or in a dialog that may want the node's name. */
  async actAndConfirm(id: string, name: string): Promise<void> {
    await this.act(id, name);
    const confirm = this.page.getByRole('button', { name: `Confirm ${name.toLowerCase()} ${id}` });
    await confirm.waitFor();
    const word = this.page.getByLabel(`Type ${id} to go on`);
    if (await word.isVisible()) await word.fill(id);
    await confirm.click();
  }

  /** Shows a recording in place of whatever is shown. */
  async openRecording(file: string): Promise<void> {
    await this.page.locator('input[type="file"]').setInputFiles(file);
    await expect(this.page.getByText('You are looking at a recording of cluster')).toBeVisible();
  }

  /** By how much the page is wider than its screen, px. */
  overflow(): Promise<number> {
    return this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
  }

  /** An action by the palette: the first that is found by these words. */
  async choose(words: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    const field = this.page.getByRole('combobox', { name: 'Search all actions' });
    await field.fill(words);
    await field.press('Enter');
  }

  async askAt(id: string): Promise<void> {
    const keys = this.page.getByRole('region', { name: 'Keys', exact: true });
    await keys.getByRole('combobox', { name: 'Ask' }).selectOption(id);
  }

  /** The newest request's row. */
  get exchange(): Locator {
    return this.page.getByTestId('exchange').first();
  }

  async set(key: string, value: string): Promise<void> {
    await this.fillKey(key);
    await this.page.getByRole('textbox', { name: 'Value' }).fill(value);
    await this.page.getByRole('button', { name: 'Set', exact: true }).click();
    await expect(this.exchange).toHaveAttribute('data-state', 'answered');
  }

  async get(key: string): Promise<Locator> {
    await this.fillKey(key);
    await this.page.getByRole('button', { name: 'Get', exact: true }).click();
    await expect(this.exchange).toHaveAttribute('data-verb', 'get');
    await expect(this.exchange).toHaveAttribute('data-state', 'answered');
    return this.exchange.locator('[data-field="value"]');
  }

  async remove(key: string): Promise<void> {
    await this.fillKey(key);
    await this.page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(this.exchange).toHaveAttribute('data-verb', 'remove');
    await expect(this.exchange).toHaveAttribute('data-state', 'answered');
  }

  private async fillKey(key: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Key', exact: true }).fill(key);
  }
}
