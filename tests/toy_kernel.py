"""A Jupyter kernel for a language of a few words, for tests of other languages than Python."""

import os
import signal
import sys
import time

from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel


class Toy(Kernel):
    """Each line is a word, with the rest of the line for it to work on."""

    implementation, implementation_version, banner = "toy", "1", "toy"
    language_info = {"name": "toy", "mimetype": "text/plain", "file_extension": ".toy"}  # noqa: RUF012

    def __init__(self, **given):
        super().__init__(**given)
        self._known = {}

    def do_execute(self, code, silent, *_, **__):
        for line in code.splitlines():
            if not line or line.startswith("#"):
                continue
            word, _, rest = line.partition(" ")
            failure = getattr(self, f"_{word}", self._unknown)(rest)
            if failure:
                reply = {"ename": "ToyError", "evalue": failure, "traceback": [failure]}
                self.send_response(self.iopub_socket, "error", reply)
                return {"status": "error", "execution_count": self.execution_count, **reply}
        return {
            "status": "ok",
            "execution_count": self.execution_count,
            "payload": [],
            "user_expressions": {},
        }

    def _unknown(self, rest):
        return "no such word"

    def _say(self, text):
        self.send_response(self.iopub_socket, "stream", {"name": "stdout", "text": f"{text}\n"})

    def _set(self, rest):
        name, _, value = rest.partition(" ")
        self._known[name] = value

    def _expect(self, rest):
        name, _, value = rest.partition(" ")
        return None if self._known.get(name) == value else f"{name} is not {value}"

    def _result(self, text):
        content = {
            "data": {"text/plain": text},
            "metadata": {},
            "execution_count": self.execution_count,
        }
        self.send_response(self.iopub_socket, "execute_result", content)

    def _environ(self, name):
        self._say(os.environ.get(name, "unset"))

    def _list(self, folder):
        try:
            self._say(" ".join(sorted(os.listdir(folder or "."))))
        except OSError as error:
            self._say(type(error).__name__)

    def _flood(self, rest):
        for _ in range(int(rest)):
            self._say("x" * 1000)

    def _nonsense(self, rest):
        self.send_response(self.iopub_socket, "stream", {"name": ["stdout"], "text": 7})
        self.send_response(self.iopub_socket, "error", {"ename": None, "traceback": "nothing"})
        self.send_response(self.iopub_socket, "display_data", {"data": "none", "metadata": 3})

    def _wait(self, seconds):
        try:
            time.sleep(float(seconds))
        except KeyboardInterrupt:
            return "interrupted"

    def _stubborn(self, seconds):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        time.sleep(float(seconds))

    def _die(self, rest):
        os._exit(3)


if __name__ == "__main__":
    if "--broken" in sys.argv:
        sys.exit("this kernel is broken")
    IPKernelApp.launch_instance(kernel_class=Toy)
