/** Attacks of a page that was taken over: each is tried in the real window, each must come to nothing. */
import { createSocket, type Socket } from 'node:dgram'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logIn, passwordOf, startApp, type RunningApp } from './support/app.ts'

let app: RunningApp
let page: Page
let elsewhere: Server
/** Requests that reached the world outside. */
const reached: string[] = []
/** Connections and packets that reached it, whatever was asked over them. */
let connections = 0
let packets = 0
let listener: Socket
let remote: string
/** Programs of the system that a page might have started, and the note each would leave. */
let programs: string
let launched: string
let secret: string
let home: string

beforeAll(async () => {
  programs = mkdtempSync(join(tmpdir(), 'hall-programs-'))
  launched = join(programs, 'launched')
  for (const name of ['xdg-open', 'gio', 'x-www-browser', 'sensible-browser']) {
    writeFileSync(join(programs, name), `#!/bin/sh\necho "$0 $*" >> '${launched}'\n`)
    chmodSync(join(programs, name), 0o755)
  }
  app = await startApp({ env: { PATH: `${programs}:${process.env['PATH'] ?? ''}` } })
  page = app.page
  elsewhere = createServer((request, response) => {
    reached.push(request.url ?? '')
    response.setHeader('access-control-allow-origin', '*')
    response.end('hello')
  })
  elsewhere.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
  listener = createSocket('udp4').on('message', () => (packets += 1))
  await new Promise<void>((resolve) => listener.bind(0, '127.0.0.1', resolve))
  remote = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
  secret = join(app.dataFolder, 'secret.txt')
  writeFileSync(secret, 'not for the page')
  await logIn(page, '1001')
  home = page.url()
})
afterAll(async () => {
  await app.close()
  elsewhere.close()
  listener.close()
  rmSync(programs, { recursive: true, force: true })
})

/** What a promise of the page was rejected with, as the page sees it. */
const refusal = (work: string) =>
  page.evaluate(
    (code) =>
      (async () => {
        try {
          return { answered: await (new Function(`return ${code}`)() as Promise<unknown>) }
        } catch (error) {
          const { code: failure, message } = error as { code?: string; message?: string }
          return { code: failure, message }
        }
      })(),
    work,
  )

/** One call as the page would send it. */
const ask = (name: string, input: unknown, session: string | null = null) =>
  page.evaluate(
    async ([called, body, token]) => {
      try {
        return { output: await window.hall.call(called, body, token) }
      } catch (failure) {
        return { failure: failure as { code: string; message: string } }
      }
    },
    [name, input, session] as const,
  )

describe('the page', () => {
  test('has one bridge with the calls that are written down, and nothing of Node or Electron', async () => {
    const seen = await page.evaluate(() => ({
      bridge: Object.keys(window.hall).sort(),
      desktop: Object.keys(window.hall.desktop).sort(),
      node: ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'].filter(
        (name) => name in window,
      ),
    }))
    expect(seen).toEqual({
      bridge: ['call', 'desktop', 'identify', 'on', 'zoom'],
      desktop: [
        'backups',
        'changePassphrase',
        'chooseFiles',
        'closeDisplay',
        'create',
        'displayState',
        'join',
        'keepTyped',
        'keyKeeper',
        'openDisplay',
        'pdf',
        'placeBackups',
        'print',
        'printers',
        'restore',
        'saveFile',
        'showFile',
        'startState',
        'unlock',
      ],
      node: [],
    })
  })

  test('cannot change the bridge', async () => {
    await page.evaluate(() => {
      const attempt = (act: () => void) => {
        try {
          act()
        } catch {
          // Refused.
        }
      }
      attempt(() => Object.assign(window.hall, { call: () => Promise.resolve('forged') }))
      attempt(() => Object.assign(window.hall.desktop, { backups: () => Promise.resolve('forged') }))
      attempt(() => void Reflect.deleteProperty(window.hall, 'call'))
      attempt(() => void Reflect.set(window, 'hall', null))
    })
    expect(await ask('access.welcome', {})).toMatchObject({ output: { device: { hallCode: '001' } } })
    expect(await page.evaluate(() => window.hall.desktop.backups())).toEqual([])
  })

  test('cannot leave for another address, a file, or a script', async () => {
    for (const address of [`${remote}/navigate`, pathToFileURL(secret).href, 'data:text/html,<h1>x</h1>']) {
      await page.evaluate((to) => void window.location.assign(to), address)
      await page.waitForTimeout(300)
      expect(page.url()).toBe(home)
      await page.evaluate((to) => {
        const link = document.createElement('a')
        link.href = to
        document.body.append(link)
        link.click()
        link.remove()
      }, address)
      await page.waitForTimeout(300)
      expect(page.url()).toBe(home)
    }
    expect(reached).toEqual([])
  })

  test('opens no window', async () => {
    for (const address of [`${remote}/window`, 'about:blank', pathToFileURL(secret).href]) {
      expect(await page.evaluate((to) => window.open(to) === null, address)).toBe(true)
    }
    await page.evaluate((to) => {
      const form = document.createElement('form')
      form.action = to
      form.target = '_blank'
      form.method = 'post'
      document.body.append(form)
      form.submit()
      form.remove()
    }, `${remote}/form`)
    await page.waitForTimeout(300)
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
    expect(page.url()).toBe(home)
    expect(reached).toEqual([])
  })

  test('shows no frame of a file or of another address, and a frame of its own has no bridge', async () => {
    const texts = await page.evaluate(
      async (addresses) => {
        const found: string[] = []
        for (const address of addresses) {
          const frame = document.createElement('iframe')
          frame.src = address
          document.body.append(frame)
          await new Promise((resolve) => setTimeout(resolve, 400))
          try {
            found.push(frame.contentDocument?.body.textContent ?? '')
          } catch {
            found.push('')
          }
          frame.remove()
        }
        return found.join('')
      },
      [pathToFileURL(secret).href, `${remote}/frame`],
    )
    expect(texts).not.toContain('not for the page')
    expect(reached).toEqual([])
    const inside = await page.evaluate(async () => {
      const frame = document.createElement('iframe')
      frame.srcdoc = '<p>paper</p>'
      document.body.append(frame)
      await new Promise((resolve) => setTimeout(resolve, 300))
      const has = frame.contentWindow !== null && 'hall' in frame.contentWindow
      frame.remove()
      return has
    })
    expect(inside).toBe(false)
  })

  test('reads no file of the disk and reaches nobody outside', async () => {
    const file = pathToFileURL(secret).href
    for (const code of [
      `fetch(${JSON.stringify(file)}).then((answer) => answer.text())`,
      `fetch('file:///etc/passwd').then((answer) => answer.text())`,
      `fetch(${JSON.stringify(`${remote}/fetch`)}).then((answer) => answer.text())`,
      `new Promise((resolve, reject) => { const x = new XMLHttpRequest(); x.open('GET', ${JSON.stringify(file)}); x.onload = () => resolve(x.responseText); x.onerror = () => reject(new Error('refused')); x.send() })`,
      `new Promise((resolve, reject) => { const s = new WebSocket(${JSON.stringify(remote.replace('http', 'ws'))}); s.onopen = () => resolve('open'); s.onerror = () => reject(new Error('refused')) })`,
      `import(${JSON.stringify(`${remote}/module.js`)})`,
    ]) {
      expect(await refusal(code), code).not.toHaveProperty('answered')
    }
    await page.evaluate((to) => {
      new Image().src = `${to}/image`
      navigator.sendBeacon(`${to}/beacon`, 'x')
      const script = document.createElement('script')
      script.src = `${to}/script.js`
      document.body.append(script)
    }, remote)
    await page.waitForTimeout(400)
    expect(reached).toEqual([])
  })

  test('is given no camera, place, notices or clipboard', async () => {
    const states = await page.evaluate(() =>
      Promise.all(
        (['camera', 'microphone', 'geolocation', 'notifications', 'clipboard-read', 'midi'] as PermissionName[]).map(
          (name) => navigator.permissions.query({ name }).then(({ state }) => state),
        ),
      ),
    )
    expect(states).not.toContain('granted')
    for (const code of [
      `navigator.mediaDevices.getUserMedia({ audio: true })`,
      `navigator.mediaDevices.getDisplayMedia({ video: true })`,
      `navigator.clipboard.readText()`,
      `navigator.requestMIDIAccess({ sysex: true })`,
      `navigator.usb.requestDevice({ filters: [] })`,
      `navigator.hid.requestDevice({ filters: [] }).then((found) => found.length || Promise.reject(new Error('none')))`,
      `navigator.serial.requestPort()`,
      `navigator.bluetooth.requestDevice({ acceptAllDevices: true })`,
    ])
      expect(await refusal(code), code).not.toHaveProperty('answered')
  })
})

describe('the ways out that are no request', () => {
  test('are closed: no call between browsers reaches an address, neither by packets nor by a connection', async () => {
    const { port } = listener.address()
    const servers = [
      { urls: `stun:127.0.0.1:${port}` },
      { urls: `turn:127.0.0.1:${port}?transport=udp`, username: 'u', credential: 'c' },
      { urls: `turn:${remote.slice('http://'.length)}?transport=tcp`, username: 'u', credential: 'c' },
    ]
    const before = connections
    const candidates = await page.evaluate(async (iceServers) => {
      const call = new RTCPeerConnection({ iceServers })
      call.createDataChannel('out')
      const found: string[] = []
      call.onicecandidate = ({ candidate }) => void (candidate?.candidate && found.push(candidate.candidate))
      const gathered = new Promise<void>((resolve) => {
        call.onicegatheringstatechange = () => call.iceGatheringState === 'complete' && resolve()
      })
      await call.setLocalDescription(await call.createOffer())
      await gathered
      call.close()
      return found
    }, servers)
    expect(candidates).toEqual([])
    expect({ packets, connections: connections - before }).toEqual({ packets: 0, connections: 0 })
  })

  test('are closed: nothing is connected, looked up or fetched ahead', async () => {
    const before = connections
    await page.evaluate(async (to) => {
      const links = [
        'preconnect',
        'dns-prefetch',
        'prefetch',
        'preload',
        'modulepreload',
        'prerender',
        'manifest',
        'icon',
      ]
      for (const rel of links) {
        const link = document.createElement('link')
        link.rel = rel
        link.href = `${to}/${rel}`
        if (rel === 'preload') link.as = 'fetch'
        document.head.append(link)
      }
      const rules = document.createElement('script')
      rules.type = 'speculationrules'
      rules.textContent = JSON.stringify({ prefetch: [{ source: 'list', urls: [`${to}/speculated`] }] })
      document.head.append(rules)
      const anchor = document.createElement('a')
      anchor.href = `${to}/pinged`
      anchor.ping = `${to}/ping`
      document.body.append(anchor)
      anchor.click()
      anchor.remove()
      const policy = document.createElement('meta')
      policy.httpEquiv = 'refresh'
      policy.content = `0; url=${to}/refresh`
      document.head.append(policy)
      const style = document.createElement('style')
      style.textContent = `body { background: url(${to}/style) } @import url(${to}/import);`
      document.head.append(style)
      // A request that is refused comes back after whatever was connected ahead of it.
      for (let i = 0; i < 20; i++) await fetch(`${to}/last`).catch(() => undefined)
      for (const made of [...document.head.querySelectorAll('link, style, meta, script')])
        if (made.outerHTML.includes(to)) made.remove()
    }, remote)
    await page.waitForTimeout(500)
    expect(page.url()).toBe(home)
    expect(reached).toEqual([])
    expect(connections).toBe(before)
  })

  test('are closed: no program of the system is started by an address', async () => {
    for (const address of ['mailto:x@example.com?body=data', 'tel:10000', 'ms-settings:', 'ssh://host', 'hall-x:y']) {
      await page.evaluate((to) => {
        window.open(to)
        const link = document.createElement('a')
        link.href = to
        document.body.append(link)
        link.click()
        link.remove()
        const frame = document.createElement('iframe')
        frame.src = to
        document.body.append(frame)
        setTimeout(() => frame.remove(), 200)
        window.location.assign(to)
      }, address)
    }
    await page.waitForTimeout(500)
    expect(existsSync(launched)).toBe(false)
    expect(page.url()).toBe(home)
  })

  test('are closed: nothing is downloaded, and the web’s own dialogs for files are not there', async () => {
    await app.electron.evaluate(({ session }) => {
      const seen: boolean[] = ((globalThis as { downloads?: boolean[] }).downloads = [])
      session.defaultSession.on('will-download', (event) => void seen.push(event.defaultPrevented))
    })
    await page.evaluate((to) => {
      const blob = URL.createObjectURL(new Blob(['data']))
      for (const href of [blob, 'data:text/plain,data', 'app://hall/index.html', to]) {
        const link = document.createElement('a')
        link.href = href
        link.download = 'data.txt'
        document.body.append(link)
        link.click()
        link.remove()
      }
    }, remote)
    await page.waitForTimeout(500)
    const seen = await app.electron.evaluate(() => (globalThis as { downloads?: boolean[] }).downloads ?? [])
    expect(seen).not.toContain(false)
    expect(reached).toEqual([])
    expect(
      await page.evaluate(() =>
        ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker'].filter((name) => name in window),
      ),
    ).toEqual([])
  })

  test('are closed: a picture is not dragged out as a file, which nobody would have on record', async () => {
    const started = await page.evaluate(() => {
      const picture = document.createElement('img')
      picture.alt = 'x'
      document.body.append(picture)
      const drag = new DragEvent('dragstart', { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() })
      const goesOn = picture.dispatchEvent(drag)
      picture.remove()
      return goesOn
    })
    expect(started).toBe(false)
  })

  test('are closed: a webview is no page, and nothing goes on working when the page is gone', async () => {
    const made = await page.evaluate(async (to) => {
      const view = document.createElement('webview') as HTMLElement & { src?: string; loadURL?: unknown }
      view.setAttribute('src', `${to}/webview`)
      document.body.append(view)
      await new Promise((resolve) => setTimeout(resolve, 200))
      const works = typeof view.loadURL === 'function'
      view.remove()
      return works
    }, remote)
    expect(made).toBe(false)
    expect(await refusal(`navigator.serviceWorker.register('./x.js')`)).not.toHaveProperty('answered')
    expect(reached).toEqual([])
  })

  test('are closed to every page there is or will be, and there is no menu with keys of its own', async () => {
    const seen = await app.electron.evaluate(async ({ app: program, BrowserWindow, Menu, webContents }) => {
      const other = new BrowserWindow({ show: false, webPreferences: { partition: 'another' } })
      await other.loadURL('data:text/html,<p>x</p>')
      const opened = (await other.webContents.executeJavaScript(`window.open('about:blank') === null`)) as boolean
      const policies = webContents.getAllWebContents().map((contents) => contents.getWebRTCIPHandlingPolicy())
      other.destroy()
      return {
        opened,
        policies: [...new Set(policies)],
        menu: Menu.getApplicationMenu(),
        resolver: program.commandLine.getSwitchValue('host-resolver-rules'),
      }
    })
    expect(seen).toEqual({
      opened: true,
      policies: ['disable_non_proxied_udp'],
      menu: null,
      resolver: 'MAP * ~NOTFOUND',
    })
  })
})

describe('a call', () => {
  test('that does not exist is refused, whatever name it borrows', async () => {
    for (const name of [
      'customers.everything',
      '__proto__',
      'constructor',
      'toString',
      '',
      'access',
      '../access.login',
    ])
      expect(await ask(name, {}), name).toMatchObject({
        failure: { code: 'UnknownCall', message: '程序版本不一致，请重新启动' },
      })
  })

  test.each([null, '', 'forged', 'x'.repeat(10_000), '00000000-0000-7000-8000-000000000001'])(
    'with no session or a forged one is refused',
    async (token) => {
      for (const [name, input] of [
        ['customers.search', { text: '张' }],
        ['settings.list', {}],
        ['backup.authorizeRestore', {}],
      ] as const)
        expect(await ask(name, input, token), name).toMatchObject({ failure: { code: 'NotSignedIn' } })
    },
  )

  test('with keys that would change every object changes none, and gets in nowhere', async () => {
    const login = `staffNo: '1001', password: 'x'`
    for (const input of [
      `({ ${login}, constructor: { prototype: { admin: true } } })`,
      `({ ${login}, prototype: { admin: true } })`,
    ])
      expect(await refusal(`window.hall.call('access.login', ${input}, null)`), input).toMatchObject({
        code: 'InvalidInput',
      })
    // This key is lost on the way over the bridge; what is left is a wrong password.
    const proto = `Object.defineProperty({ ${login} }, '__proto__', { value: { ok: true }, enumerable: true })`
    expect(await refusal(`window.hall.call('access.login', ${proto}, null)`)).toMatchObject({ answered: { ok: false } })
    expect(await page.evaluate(() => 'admin' in {} || 'ok' in {})).toBe(false)
  })

  test('of any shape gets an answer in Chinese, and the hall goes on', async () => {
    for (const input of [null, undefined, 0, 'text', [], [[[]]], { staffNo: { $gt: '' } }, { staffNo: ['1001'] }]) {
      const answer = await ask('access.login', input)
      expect(answer).toMatchObject({ failure: { code: 'InvalidInput' } })
      expect(answer.failure?.message).toMatch(/\p{Script=Han}/u)
    }
    expect(await ask('access.welcome', {})).toHaveProperty('output')
  })
})

describe('the desktop', () => {
  test('prints nothing that the page made: only what a ticket of the backend stands for', async () => {
    const html = `<!doctype html><script>fetch('${remote}/paper')</script><p>paper</p>`
    for (const job of [{ html }, { html, name: '../../outside' }, { ticket: html }, { ticket: '../key.json' }, {}]) {
      const refused = await refusal(`window.hall.desktop.pdf(${JSON.stringify(job)})`)
      expect(refused, JSON.stringify(job)).toMatchObject({ code: 'InvalidInput' })
    }
    const ticket = 'a'.repeat(64)
    expect(await refusal(`window.hall.desktop.pdf({ ticket: '${ticket}' })`)).toMatchObject({ code: 'TicketOver' })
    expect(reached).toEqual([])
    expect(existsSync(join(dirname(app.dataFolder), 'outside.pdf'))).toBe(false)
  })

  test('a frame of a paper has no bridge, no file and no way out', async () => {
    const outcome = await page.evaluate(async () => {
      const frame = document.createElement('iframe')
      frame.src = `paper://sheet/${'b'.repeat(64)}`
      document.body.append(frame)
      await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
      let inside = 'nothing'
      try {
        inside = String('hall' in (frame.contentWindow as object))
      } catch {
        inside = 'another origin'
      }
      frame.remove()
      return inside
    })
    expect(outcome).toBe('another origin')
  })

  test('shows no file outside the data folder', async () => {
    const outside = ['/etc/passwd', dirname(app.dataFolder), join(app.dataFolder, '..', 'x'), '../x', '']
    for (const path of outside)
      expect(await refusal(`window.hall.desktop.showFile(${JSON.stringify(path)})`), path).toMatchObject({
        message: '只能打开本程序生成的文件',
      })
  })

  test('restores no backup without an administrator, and none with a path for a name', async () => {
    const order = (fileName: string, by: unknown = null) =>
      refusal(`window.hall.desktop.restore(${JSON.stringify({ fileName, by })})`)
    expect(await order('hall-20261122-220000.db')).toMatchObject({ code: 'NotAllowed' })
    for (const fileName of ['../../hall.db', '/etc/passwd', ''])
      expect(await order(fileName), fileName).toMatchObject({ code: 'InvalidInput' })
    expect(await order('hall-20261122-220000.db', { admin: true })).toMatchObject({ code: 'InvalidInput' })
    // Passwords are for where no hall is open; here the order was to be given, and agreed to, inside it.
    const [one, two] = ['9001', '3001'].map((staffNo) => ({ staffNo, password: passwordOf(staffNo) }))
    for (const more of [
      { second: two, alone: false },
      { second: null, alone: true },
    ])
      expect(await order('hall-20261122-220000.db', { ...one, reason: 'x', ...more })).toMatchObject({
        code: 'NotAllowed',
      })
    expect(await ask('access.welcome', {})).toHaveProperty('output')
  })

  test('makes no second key and opens nothing anew while a hall is open', async () => {
    expect(await refusal(`window.hall.desktop.create({ passphrase: 'quiet-hall-2026' })`)).toMatchObject({
      answered: { phase: 'failed', error: { code: 'KeyExists' } },
    })
    expect(await page.evaluate(() => window.hall.desktop.startState())).toEqual({ phase: 'ready' })
    expect(await ask('access.welcome', {})).toHaveProperty('output')
  })

  test('says why in Chinese, and in no other language, whatever it is asked', async () => {
    for (const name of await page.evaluate(() => Object.keys(window.hall.desktop)))
      for (const given of [
        '{}',
        'null',
        '1, 2, 3',
        `'x'.repeat(100000)`,
        '[[]]',
        '{ ticket: 1, fileName: {}, by: [] }',
      ]) {
        const { message } = (await refusal(`window.hall.desktop.${name}(${given})`)) as { message?: string }
        expect(message, `${name}(${given})`).toMatch(/\p{Script=Han}/u)
        expect(message, `${name}(${given})`).not.toMatch(/[A-Za-z]{4,}/)
      }
  })

  test('refuses arguments it does not know', async () => {
    for (const code of [
      `window.hall.desktop.pdf({ ticket: 'short' })`,
      `window.hall.desktop.pdf({ ticket: '${'a'.repeat(64)}', extra: 1 })`,
      `window.hall.desktop.print({ ticket: '${'a'.repeat(64)}', printer: null, copies: 1000 })`,
      `window.hall.desktop.saveFile({ name: 'x', bytes: 'text' })`,
      `window.hall.desktop.unlock({})`,
      `window.hall.desktop.placeBackups({ second: true, folder: '/tmp' })`,
    ])
      expect(await refusal(code), code).toMatchObject({ code: 'InvalidInput' })
  })
})

describe('the desktop, when nobody is at work', () => {
  const attempts = [
    `printers()`,
    `print({ ticket: '${'a'.repeat(64)}', printer: null, copies: 1 })`,
    `pdf({ ticket: '${'a'.repeat(64)}' })`,
    `chooseFiles({ title: 'x', extensions: [], multiple: false })`,
    `saveFile({ name: 'x', bytes: new Uint8Array(1) })`,
    `showFile('key.json')`,
    `openDisplay()`,
    `closeDisplay()`,
    `displayState()`,
    `keyKeeper()`,
    `changePassphrase({ present: 'x', next: 'quiet-hall-2026' })`,
    `backups()`,
    `placeBackups({ second: true })`,
    `restore({ fileName: 'hall-20261122-220000.db', by: { staffNo: '9001', password: 'x', reason: 'x', second: null, alone: true } })`,
  ]
  const refusals = async () => {
    const codes: unknown[] = []
    for (const attempt of attempts) codes.push((await refusal(`window.hall.desktop.${attempt}`)).code)
    return codes
  }

  test('does nothing while the screen is locked, nor for a forged name, nor after logout', async () => {
    expect(await refusal(`window.hall.desktop.backups()`)).toEqual({ answered: [] })
    await page.evaluate(() => window.hall.identify('forged'))
    expect(await refusals()).toEqual(attempts.map(() => 'NotSignedIn'))

    const other = await startApp({ empty: true })
    try {
      // A new PC: what begins a hall is asked before anybody can be at work, and nothing more.
      await expect
        .poll(() => other.page.evaluate(() => window.hall.desktop.startState()))
        .toMatchObject({ phase: 'new' })
      expect(await other.page.evaluate(() => window.hall.desktop.backups())).toEqual([])
      expect(
        await other.page.evaluate(() =>
          window.hall.desktop.saveFile({ name: 'x', bytes: new Uint8Array(1) }).catch((f: { code: string }) => f.code),
        ),
      ).toBe('NotSignedIn')
    } finally {
      await other.close()
      rmSync(other.dataFolder, { recursive: true, force: true })
    }
  })

  test('says of a locked screen that it is locked', async () => {
    const answer = await ask('access.login', { staffNo: '1001', password: passwordOf('1001') })
    const { token } = answer.output as { token: string }
    await page.evaluate((own) => window.hall.identify(own), token)
    expect(await refusal(`window.hall.desktop.printers()`)).toHaveProperty('answered')
    await ask('access.lock', {}, token)
    expect(await refusals()).toEqual(attempts.map(() => 'SessionLocked'))
    await ask('access.logout', {}, token)
    expect(await refusals()).toEqual(attempts.map(() => 'NotSignedIn'))
  })
})

describe('a file that is saved', () => {
  test('is told as not written where its place cannot be written, by name on the log too; three times, the last of them somewhere else', async () => {
    const answer = await ask('access.login', { staffNo: '1001', password: passwordOf('1001') })
    const { token } = answer.output as { token: string }
    await page.evaluate((own) => window.hall.identify(own), token)
    const save = () => `window.hall.desktop.saveFile({ name: 'x.xlsx', bytes: new Uint8Array(3) })`
    const choose = (filePath: string) =>
      app.electron.evaluate(({ dialog }, path) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path })
      }, filePath)
    const noted = () =>
      app
        .query<{ detail: string }>(
          `SELECT detail FROM audit_log WHERE call = 'access.noteFile' ORDER BY seq DESC LIMIT 2`,
        )
        .map(({ detail }) => (JSON.parse(detail) as { result?: string }).result ?? 'saved')
    const into = join(app.dataFolder, 'papers')
    for (const gone of ['拔掉的盘', '网络盘']) {
      await choose(join(into, gone, '客户.xlsx'))
      expect(await refusal(save())).toMatchObject({ code: 'FileNotSaved' })
      expect(noted()).toEqual(['not-written', 'saved'])
    }
    await choose(join(into, '客户.xlsx'))
    expect(await page.evaluate(save())).toBe(join(into, '客户.xlsx'))
    expect(noted()[0]).toBe('saved')
    expect(readFileSync(join(into, '客户.xlsx'))).toHaveLength(3)
    await ask('access.logout', {}, token)
  })

  test('is not written where it cannot be put on record', async () => {
    const answer = await ask('access.login', { staffNo: '1001', password: passwordOf('1001') })
    const { token } = answer.output as { token: string }
    await page.evaluate((own) => window.hall.identify(own), token)
    const into = join(app.dataFolder, 'papers', 'lost.xlsx')
    // The screen is locked while the person looks for a place.
    await app.electron.evaluate(({ dialog }, filePath) => {
      const before = dialog.showSaveDialog
      dialog.showSaveDialog = () =>
        new Promise((resolve) => {
          Object.assign(globalThis, {
            choosePlace: () => {
              dialog.showSaveDialog = before
              resolve({ canceled: false, filePath })
            },
          })
        })
    }, into)
    const saving = refusal(`window.hall.desktop.saveFile({ name: 'x.xlsx', bytes: new Uint8Array(1) })`)
    await expect.poll(() => app.electron.evaluate(() => 'choosePlace' in globalThis)).toBe(true)
    await ask('access.lock', {}, token)
    await app.electron.evaluate(() => (globalThis as unknown as { choosePlace: () => void }).choosePlace())
    expect(await saving).toMatchObject({ code: 'SessionLocked' })
    expect(existsSync(into)).toBe(false)
    await ask('access.logout', {}, token)
  })
})
