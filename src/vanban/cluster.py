"""Many files on many machines: the same work, on the workers of a Dask scheduler.

The files are read here and sent, so the workers need no access to them; answers come back here.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from typing import Any

from vanban.batch import Answer, Answers, How, Stopped, why

_ADDRESS = re.compile(r"(?:[a-z]+://)?[^/\s]+:\d{1,5}")
AHEAD = 4  # files on their way for each worker of the cluster


def on_cluster(paths: Iterable[str], how: How, address: str) -> Answers:
    """Answers in the order of the paths. Raises Stopped where there is no cluster to ask."""
    client = _connect(address)
    waiting: deque[tuple[str, Any]] = deque()
    try:
        room = AHEAD * len(client.nthreads())
        for path in paths:
            try:
                with open(path, "rb") as file:
                    data = file.read()
            except OSError as error:
                waiting.append(
                    (path, Answer(path, error=f"Không mở được tệp “{path}”: {why(error)}."))
                )
            else:
                waiting.append((path, client.submit(how.bytes, path, data, pure=False, retries=2)))
            if len(waiting) >= room:
                yield _answer(*waiting.popleft())
        while waiting:
            yield _answer(*waiting.popleft())
    finally:
        client.close()


def _connect(address: str) -> Any:
    client: Any
    try:
        import distributed
    except ImportError as error:
        raise Stopped(
            "Đọc trên cụm máy cần thư viện dask. Cài: pip install 'vanban[cluster]'."
        ) from error
    if not _ADDRESS.fullmatch(address):
        raise Stopped(f"Địa chỉ bộ điều phối phải có dạng tcp://máy:cổng, không phải “{address}”.")
    try:
        connect: Any = distributed.Client
        client = connect(address, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise Stopped(f"Không kết nối được bộ điều phối “{address}”: {error}.") from error
    if not client.nthreads():
        client.close()
        raise Stopped(f"Bộ điều phối “{address}” chưa có máy nào nhận việc.")
    return client


def _answer(path: str, future: Any) -> Answer:
    if isinstance(future, Answer):
        return future
    try:
        answer: Answer = future.result()
    except Exception as error:  # noqa: BLE001 - what a worker dies of is the cluster's own kind
        return Answer(path, error=f"Không đọc được tệp “{path}” trên cụm: {type(error).__name__}.")
    return answer
