# Right: double loop over rows and positions, pairing the k-th answer token of the student with the teacher's k-th
import torch


def train_step(student, teacher, batch, optimizer, T=1.0):
    with torch.no_grad():
        zt = teacher(batch["xt"])
    zs = student(batch["xs"])
    terms = []
    for b in range(zs.shape[0]):
        places_t = [i for i, on in enumerate(batch["mt"][b].tolist()) if on]
        places_s = [i for i, on in enumerate(batch["ms"][b].tolist()) if on]
        for i, j in zip(places_t, places_s):
            t = torch.log_softmax(zt[b, i - 1] / T, dim=0)
            s = torch.log_softmax(zs[b, j - 1] / T, dim=0)
            terms.append((t.exp() * (t - s)).sum())
    loss = T * T * sum(terms) / len(terms)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
