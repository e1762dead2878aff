# mistake: two at once: teacher and student are swapped, and the sentence is found greedily
def argmax_loss(tree_t, tree_s):
    y, loss = [], 0
    for i in range(len(tree_s)):
        row = tree_s[i]
        for w in y:
            row = row[w]
        y.append(int(row.argmax()))
        loss = loss - tree_t[i][tuple(y)]
    return loss
